using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The gradient of Tanh from its result: <c>dy · (1 - y²)</c>.</summary>
[Op("TanhGrad")]
internal sealed class TanhGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Float<Body>(node.Type("T"), cost: 4) ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var (y, dy) = (g.Conjugate(g.Input(0)), g.Conjugate(g.Input(1)));
        return [dz * g.Scalar(-2, g.Type("T")) * dy * y, g.Apply("TanhGrad", y, dz)];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V y, V dy) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Mul(dy, W.Sub(W.One, W.Mul(y, y)));
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 y, Complex64 dy) => dy * (Complex64.One - y * y);
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex y, Complex dy) => dy * (Complex.One - y * y);
    }
}
