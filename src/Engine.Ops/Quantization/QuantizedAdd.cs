using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>The sum of two quantized tensors, as 32-bit levels.</summary>
[Op("QuantizedAdd")]
internal sealed class QuantizedAdd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        QuantizedRange.InferShapes(c, 2);
        c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => (node.Type("T1"), node.Type("T2"), node.Type("Toutput")) == (DType.QUInt8, DType.QUInt8, DType.QInt32) ? new WideSums<Body>() : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    /// <summary>A range for sums: symmetric, so that 0 + 0 is 0, and wider than the larger operand's by a factor, so that neither loses its low bits nor the sum overflows.</summary>
    internal static QuantizedRange SumRange(QuantizedRange a, QuantizedRange b, int factor)
    {
        var high = Math.Max(Math.Max(a.High, -a.Low), Math.Max(b.High, -b.Low)) * factor;
        return new QuantizedRange(-high, high);
    }

    private readonly struct Body : IWideBody
    {
        public static QuantizedRange Range(QuantizedRange a, QuantizedRange b) => SumRange(a, b, 1 << 14);

        public static int Level(byte x, QuantizedRange own, QuantizedRange result) => Levels.Requantize<byte, int>(x, own.Low, own.High, result.Low, result.High);

        public static int Combine(int a, int b) => unchecked(a + b);
    }
}
