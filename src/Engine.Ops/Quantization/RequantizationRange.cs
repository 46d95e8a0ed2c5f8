using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>The range of floats, zero included below, that 32-bit levels really use.</summary>
[Op("RequantizationRange")]
internal sealed class RequantizationRange : IOp
{
    public static void InferShapes(InferenceContext c) => QuantizedRange.InferShapes(c, 1);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("Tinput") == DType.QInt32
        ? Kernel.From(context => Used(context.Input(0).AsSpan<int>(), QuantizedRange.Read(context, 1, 2)).Write(context, 0))
        : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    /// <summary>The floats of the lowest and highest level.</summary>
    internal static QuantizedRange Used(ReadOnlySpan<int> levels, QuantizedRange range)
    {
        if (levels.IsEmpty)
            return range;
        int low = int.MaxValue, high = int.MinValue;
        foreach (var level in levels)
            (low, high) = (Math.Min(low, level), Math.Max(high, level));
        return new QuantizedRange(Math.Min(0, Levels.Dequantize(low, range.Low, range.High)), Levels.Dequantize(high, range.Low, range.High));
    }
}
