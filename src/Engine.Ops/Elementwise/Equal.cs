using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Whether elements are equal.</summary>
[Op("Equal")]
internal sealed class Equal : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        // Shapes that do not go together are no error with incompatible_shape_error=false: then the answer is a scalar.
        if (c.Attr("incompatible_shape_error").AsBool())
            c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));
        else
            c.SetOutput(0, c.Input(0).IsFullyKnown && c.Input(0).Equals(c.Input(1)) ? c.Input(0) : PartialShape.Unknown);
    }

    public static Kernel CreateKernel(KernelBuilder node)
        => node.Bool("incompatible_shape_error") ? Create(node) : new UnlessIncompatible(Create(node), false);

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    private static Kernel Create(KernelBuilder node)
    {
        var type = node.Type("T");
        return Comparison.Kernel<Body>(type.Unquantized()) ?? type switch
        {
            DType.Bool => Comparison.Kernel<Body>(DType.UInt8)!,
            DType.Complex64 => MapBinary.Scalar<OfComplex64, Complex64, byte>(),
            DType.Complex128 => MapBinary.Scalar<OfComplex128, Complex, byte>(),
            DType.String => MapObjects.Compare<OfStrings>(),
            _ => throw node.NoKernel(),
        };
    }

    private readonly struct Body : INumberBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Equal(x, y);
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, byte>
    {
        public static byte Invoke(Complex64 x, Complex64 y) => x == y ? (byte)1 : (byte)0;
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, byte>
    {
        public static byte Invoke(Complex x, Complex y) => x == y ? (byte)1 : (byte)0;
    }

    private readonly struct OfStrings : IScalarBody2<byte[], bool>
    {
        public static bool Invoke(byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y);
    }
}
