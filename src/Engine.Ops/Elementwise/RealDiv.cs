using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Quotient of two tensors that are broadcast together, floats and complex numbers.</summary>
[Op("RealDiv")]
internal sealed class RealDiv : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => MapBinary.Float<Body>(node.Type("T"), cost: 4) ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T")) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Simplify(RewriteContext c) => DivisionByConstant.Simplify(c, "Mul");

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var (x, y) = (g.Conjugate(g.Input(0)), g.Conjugate(g.Input(1)));
        return [g.SumToShapeOf(g.Apply("RealDiv", dz, y), g.Input(0)), g.SumToShapeOf(dz * g.Apply("RealDiv", g.Apply("RealDiv", -x, y), y), g.Input(1))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Div(x, y);
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 x, Complex64 y) => x / y;
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex x, Complex y) => x / y;
    }
}
