using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Images;

/// <summary>Images with all hues turned by a part of the circle.</summary>
[Op("AdjustHue")]
internal sealed class AdjustHue : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 3));

    public static Kernel CreateKernel(KernelBuilder node) => ColorMap.Adjustment<Body>(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Body : IColorBody
    {
        public static (double A, double B, double C) Invoke(double a, double b, double c, double parameter) => HueSaturationValue.Turn(a, b, c, parameter);
    }
}
