using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Images;

/// <summary>Images with each channel's distance from its mean scaled.</summary>
[Op("AdjustContrastv2")]
internal sealed class AdjustContrastv2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 3));
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") == DType.Float32
        ? Kernel.From(context => ContrastKernel.Run<float>(context, float.NegativeInfinity, float.PositiveInfinity))
        : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
