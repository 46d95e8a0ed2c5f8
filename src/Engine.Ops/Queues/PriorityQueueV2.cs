using Engine.OpModel;

namespace Engine.Ops.Queues;

/// <summary>A handle to a queue that gives the tuple of the smallest number first.</summary>
[Op("PriorityQueueV2", "PriorityQueue")]
internal sealed class PriorityQueueV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    // The attributes leave out the number.
    public static Kernel CreateKernel(KernelBuilder node) => QueueHandles.Kernel(node, QueueHandles.Priority,
        (types, shapes, capacity) => new SmallestFirstQueue(types, shapes, capacity));
}
