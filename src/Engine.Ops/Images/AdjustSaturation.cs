using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Images;

/// <summary>Images with all saturations scaled, at most to 1.</summary>
[Op("AdjustSaturation")]
internal sealed class AdjustSaturation : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 3));

    public static Kernel CreateKernel(KernelBuilder node) => ColorMap.Adjustment<Body>(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Body : IColorBody
    {
        public static (double A, double B, double C) Invoke(double a, double b, double c, double parameter)
        {
            var (hue, saturation, value) = HueSaturationValue.FromRgb(a, b, c);
            saturation *= parameter;
            return HueSaturationValue.ToRgb(hue, saturation > 0 ? Math.Min(saturation, 1) : 0, value);
        }
    }
}
