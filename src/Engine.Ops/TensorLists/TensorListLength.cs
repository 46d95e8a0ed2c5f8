using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The number of elements of a list.</summary>
[Op("TensorListLength")]
internal sealed class TensorListLength : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var count = context.List(0).Items.Count;
        context.Allocate(0, Shape.Scalar).AsSpan<int>()[0] = count;
    });

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[g.InputCount];
}
