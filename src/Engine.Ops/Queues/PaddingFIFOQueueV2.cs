using Engine.OpModel;

namespace Engine.Ops.Queues;

/// <summary>A handle to a queue whose batches are padded to the largest of their tuples.</summary>
[Op("PaddingFIFOQueueV2", "PaddingFIFOQueue")]
internal sealed class PaddingFIFOQueueV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Shapes("shapes").Length != node.Types("component_types").Length || node.Shapes("shapes").Any(s => !s.HasRank))
            throw node.Fail("The shapes of all components must be given, with their rank");
        return QueueHandles.Kernel(node, QueueHandles.Padding, (types, shapes, capacity) => new FifoQueue(QueueHandles.Padding, types, shapes, capacity));
    }
}
