using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The gradient of Rsqrt from its result: <c>dy · -0.5 · y³</c>.</summary>
[Op("RsqrtGrad")]
internal sealed class RsqrtGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Float<Body>(node.Type("T"), cost: 4) ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (y, dz) = (g.Conjugate(g.Input(0)), g.Conjugate(g.OutputGradient(0)));
        return [g.Scalar(-1.5, g.Type("T")) * dz * g.Input(1) * g.Apply("Square", y), g.Apply("RsqrtGrad", y, g.OutputGradient(0))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V y, V dy) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Mul(W.Mul(Constant.Of<W, V, T>(-0.5), dy), W.Mul(y, W.Mul(y, y)));
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 y, Complex64 dy) => dy * new Complex64(-0.5f, 0) * Complex64.Conjugate(y * y * y);
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex y, Complex dy) => dy * -0.5 * Complex.Conjugate(y * y * y);
    }
}
