using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.ControlFlow;

/// <summary>The truth of a tensor, as conditionals see it.</summary>
[Op("ToBool")]
internal sealed class ToBool : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var truth = Truth.Of(context.Input(0));
        context.Allocate(0, Shape.Scalar).AsSpan<bool>()[0] = truth;
    });
}
