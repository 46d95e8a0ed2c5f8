using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Whether a queue is closed.</summary>
[Op("QueueIsClosedV2", "QueueIsClosed")]
internal sealed class QueueIsClosedV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(context.Resource<Queue>(0).IsClosed)));
}
