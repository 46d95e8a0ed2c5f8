using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Images;

/// <summary>Colours from red, green and blue to hue, saturation and value.</summary>
[Op("RGBToHSV")]
internal sealed class RGBToHSV : IOp
{
    public static void InferShapes(InferenceContext c) => ColorMap.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => ColorMap.Conversion<Body>(node);

    /// <summary>
    /// With the largest channel M, the smallest m and d = M - m: value M; saturation 1 - m/M; hue the difference of the two channels after the largest
    /// over 6d, plus a constant. Every divisor may be 0 (black, gray), where TensorFlow takes the quotient as 0. Of equal channels the first is the largest, the last the smallest.
    /// </summary>
    public static Gradient?[] Gradient(GradientContext g)
    {
        var type = g.Type("T");
        var (x, upstream) = (g.Input(0), g.OutputGradient(0));
        var isLargest = Indicator("ArgMax", x);
        var isSmallest = Reversed(Indicator("ArgMin", Reversed(x)));
        Value largest = OverChannels("Max", x), smallest = OverChannels("Min", x);
        var range = g.Node("Sub", largest, smallest);
        var sixRanges = g.Node("Mul", range, g.Scalar(6, type));
        var (next, afterNext) = (Rolled(x, -1), Rolled(x, 1));
        var difference = OverChannels("Sum", g.Node("Mul", isLargest, g.Node("Sub", next, afterNext)));
        var hueSlope = g.Node("Sub", g.Node("DivNoNan", g.Node("Sub", Rolled(isLargest, 1), Rolled(isLargest, -1)), sixRanges),
            g.Node("Mul", g.Node("DivNoNan", difference, g.Node("Mul", sixRanges, range)), g.Node("Sub", isLargest, isSmallest)));
        var saturationSlope = g.Node("Sub", g.Node("Mul", isLargest, g.Node("DivNoNan", smallest, g.Node("Square", largest))), g.Node("DivNoNan", isSmallest, largest));
        var sum = g.Node("AddV2", g.Node("Mul", Channel(0), hueSlope), g.Node("Mul", Channel(1), saturationSlope));
        return [g.Node("AddV2", sum, g.Node("Mul", Channel(2), isLargest))];

        Value Indicator(string extreme, Value of)
            => g.NewNode("OneHot").Input(g.Node(extreme, of, g.Int(-1))).Input(g.Int(3)).Input(g.Scalar(1, type)).Input(g.Scalar(0, type)).Build()[0];
        Value Reversed(Value of) => g.Node("ReverseV2", of, g.Ints(-1));
        Value Rolled(Value of, int by) => g.Node("Roll", of, g.Int(by), g.Int(-1));
        Value OverChannels(string op, Value of) => g.NewNode(op).Input(of).Input(g.Int(-1)).Attr("keep_dims", true).Build()[0];
        Value Channel(int index) => OverChannels("Sum", g.Node("Mul", upstream, g.Node("OneHot", g.Int(index), g.Int(3), g.Scalar(1, type), g.Scalar(0, type))));
    }

    private readonly struct Body : IColorBody
    {
        public static (double A, double B, double C) Invoke(double a, double b, double c, double parameter) => HueSaturationValue.FromRgb(a, b, c);
    }
}
