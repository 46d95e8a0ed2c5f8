using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>How many tuples a queue holds.</summary>
[Op("QueueSizeV2", "QueueSize")]
internal sealed class QueueSizeV2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(context.Resource<Queue>(0).Count)));
}
