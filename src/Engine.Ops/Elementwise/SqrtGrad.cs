using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The gradient of Sqrt from its result: <c>dy · 0.5 / y</c>.</summary>
[Op("SqrtGrad")]
internal sealed class SqrtGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Float<Body>(node.Type("T"), cost: 6) ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var part = g.OutputGradient(0) / g.Input(0);
        return [-g.Conjugate(part) * g.Output(0), g.Scalar(0.5, g.Type("T")) * part];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V y, V dy) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Div(W.Mul(dy, Constant.Of<W, V, T>(0.5)), y);
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 y, Complex64 dy) => dy * new Complex64(0.5f, 0) / Complex64.Conjugate(y);
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex y, Complex dy) => dy * 0.5 / Complex.Conjugate(y);
    }
}
