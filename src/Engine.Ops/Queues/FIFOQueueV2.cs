using Engine.OpModel;

namespace Engine.Ops.Queues;

/// <summary>A handle to a queue that gives tuples in the order they came.</summary>
[Op("FIFOQueueV2", "FIFOQueue")]
internal sealed class FIFOQueueV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node) => QueueHandles.Kernel(node, QueueHandles.Fifo, (types, shapes, capacity) => new FifoQueue(QueueHandles.Fifo, types, shapes, capacity));
}
