using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Product; 0 where the second factor is zero, even against infinity and NaN.</summary>
[Op("MulNoNan")]
internal sealed class MulNoNan : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => MapBinary.Float<Body>(node.Type("T"), cost: 2) ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        return [g.SumToShapeOf(g.Apply("MulNoNan", dz, g.Input(1)), g.Input(0)), g.SumToShapeOf(g.Apply("MulNoNan", g.Input(0), dz), g.Input(1))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.AndNot(W.Mul(x, y), W.Equal(y, W.Zero));
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 x, Complex64 y) => y == default ? default : x * y;
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex x, Complex y) => y == default ? default : x * y;
    }
}
