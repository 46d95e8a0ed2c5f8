using Engine.OpModel;
using Engine.Ops.Datasets;

namespace Engine.Ops.Queues;

/// <summary>A handle to a queue that gives tuples in random order.</summary>
[Op("RandomShuffleQueueV2", "RandomShuffleQueue")]
internal sealed class RandomShuffleQueueV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (minimum, seed, seed2, bound) = (node.Int("min_after_dequeue"), node.Int("seed"), node.Int("seed2"), node.Int("capacity"));
        if (minimum < 0)
            throw node.Fail($"min_after_dequeue {minimum} must be >= 0");
        if (bound >= 0 && minimum >= bound)
            throw node.Fail($"min_after_dequeue {minimum} must be < capacity {bound}");
        return QueueHandles.Kernel(node, QueueHandles.Shuffling, (types, shapes, capacity) => new ShufflingQueue(types, shapes, capacity, minimum, new RandomSamples(seed, seed2)));
    }
}
