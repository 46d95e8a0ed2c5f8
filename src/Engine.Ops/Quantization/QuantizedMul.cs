using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>The product of two quantized tensors, as 32-bit levels.</summary>
[Op("QuantizedMul")]
internal sealed class QuantizedMul : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        QuantizedRange.InferShapes(c, 2);
        c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => (node.Type("T1"), node.Type("T2"), node.Type("Toutput")) == (DType.QUInt8, DType.QUInt8, DType.QInt32) ? new WideSums<Body>() : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Body : IWideBody
    {
        public static QuantizedRange Range(QuantizedRange a, QuantizedRange b)
        {
            var (low, high) = Levels.ProductRange<byte, byte, int>(a, b);
            return new QuantizedRange(low, high);
        }

        public static int Level(byte x, QuantizedRange own, QuantizedRange result) => x - (int)Levels.Unclamped<byte>(0, own.Low, own.High);

        public static int Combine(int a, int b) => unchecked(a * b);
    }
}
