using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The number of dimensions.</summary>
[Op("Rank")]
internal sealed class Rank : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context
        => IndexTensor.Write([context.Input(0).Rank], context.Allocate(0, Shape.Scalar)));

    public static Gradient?[] Gradient(GradientContext g) => [null];
}
