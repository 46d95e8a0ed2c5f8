using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary><c>x / y</c>; 0 where x is zero, even against zero and NaN.</summary>
[Op("Xdivy")]
internal sealed class Xdivy : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => MapBinary.Float<Body>(node.Type("T"), cost: 4) ?? MapBinary.Complex<OfComplex64, OfComplex128>(node.Type("T")) ?? throw node.NoKernel();

    public static bool Simplify(RewriteContext c) => DivisionByConstant.Simplify(c, "MulNoNan");

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x, y) = (g.OutputGradient(0), g.Input(0), g.Input(1));
        var isNotZero = g.NewNode("Cast").Input(g.Apply("NotEqual", x, g.Scalar(0, g.Type("T")))).Attr("DstT", g.Type("T")).Build()[0];
        var partX = g.Apply("Xdivy", isNotZero, y);
        var partY = g.Apply("Xdivy", -x, g.Apply("Square", y));
        return [g.SumToShapeOf(dz * partX, g.Input(0)), g.SumToShapeOf(dz * partY, g.Input(1))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.AndNot(W.Div(x, y), W.Equal(x, W.Zero));
    }

    private readonly struct OfComplex64 : IScalarBody2<Complex64, Complex64>
    {
        public static Complex64 Invoke(Complex64 x, Complex64 y) => x == default ? default : x / y;
    }

    private readonly struct OfComplex128 : IScalarBody2<Complex, Complex>
    {
        public static Complex Invoke(Complex x, Complex y) => x == default ? default : x / y;
    }
}
