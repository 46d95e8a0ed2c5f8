using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>-1, 0 or 1; for complex numbers, the point of the unit circle in the same direction.</summary>
[Op("Sign")]
internal sealed class Sign : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
        => MapUnary.Number<Body>(node.Type("T")) ?? MapUnary.Complex<OfComplex>(node.Type("T")) ?? throw node.NoKernel();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.Apply("ZerosLike", g.Input(0))];

    internal readonly struct Body : INumberBody
    {
        // NaN stays; the sign of zero does not.
        public static V Invoke<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged
            => W.Select(W.Greater(x, W.Zero), W.One, W.Select(W.Less(x, W.Zero), W.Sub(W.Zero, W.One), W.Select(W.Equal(x, W.Zero), W.Zero, x)));
    }

    private readonly struct OfComplex : IScalarBody<Complex, Complex>
    {
        public static Complex Invoke(Complex x) => x == Complex.Zero ? x : x / Complex.Abs(x);
    }
}
