using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>The gradient of Sigmoid from its result: <c>dy · y · (1 - y)</c>.</summary>
[Op("SigmoidGrad")]
internal sealed class SigmoidGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Merge(c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => SameShape.Kernel(MapBinary.Float<Body>(node.Type("T"), cost: 4) ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var (y, dy) = (g.Conjugate(g.Input(0)), g.Conjugate(g.Input(1)));
        var part = dz * dy;
        return [part - g.Scalar(2, g.Type("T")) * part * y, g.Apply("SigmoidGrad", y, dz)];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V y, V dy) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Mul(dy, W.Mul(y, W.Sub(W.One, y)));
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 y, Complex64 dy) => dy * (y * (Complex64.One - y));
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex y, Complex dy) => dy * (y * (Complex.One - y));
    }
}
