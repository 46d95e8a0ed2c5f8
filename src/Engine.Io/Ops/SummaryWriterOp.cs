using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>A handle to a summary writer, which another op makes.</summary>
[Op("SummaryWriter")]
internal sealed class SummaryWriterOp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var name = node.String("shared_name");
        var handle = new ResourceHandle(node.String("container"), name.Length > 0 ? name : node.Node.Name);
        return Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(handle)));
    }
}
