using System.Text;
using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>An iterator's container and name as text, to be fed where a graph takes any iterator.</summary>
[Op("IteratorToStringHandle")]
internal sealed class IteratorToStringHandle : IOp
{
    /// <summary>Between container and name.</summary>
    internal const char Separator = '\n';

    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var handle = context.Handle(0);
        context.Resource<IteratorResource>(0);
        context.MoveOutput(0, Tensor.Scalar(Encoding.UTF8.GetBytes($"{handle.Container}{Separator}{handle.Name}")));
    });
}
