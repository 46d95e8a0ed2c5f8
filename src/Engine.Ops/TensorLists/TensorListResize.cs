using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A list with elements that are not set added at its end, or some removed, to have a given number.</summary>
[Op("TensorListResize")]
internal sealed class TensorListResize : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var list = context.List(0);
        var size = context.Int(1, "size");
        if (size < 0)
            throw EngineException.InvalidArgument($"TensorListSlice expects size to be non-negative. Got: {size}");
        context.WritableList(list).Resize(size);
    });

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("TensorListResize").Input(g.OutputGradient(0)).Input(g.NewNode("TensorListLength").Input(g.Input(0)).Build()[0]).Build()[0], null];
}
