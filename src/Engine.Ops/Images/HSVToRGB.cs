using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Images;

/// <summary>Colours from hue, saturation and value to red, green and blue.</summary>
[Op("HSVToRGB")]
internal sealed class HSVToRGB : IOp
{
    public static void InferShapes(InferenceContext c) => ColorMap.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => ColorMap.Conversion<Body>(node);

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Body : IColorBody
    {
        public static (double A, double B, double C) Invoke(double a, double b, double c, double parameter) => HueSaturationValue.ToRgb(a, b, c);
    }
}
