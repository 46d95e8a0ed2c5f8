using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>e to the power x.</summary>
[Op("Exp")]
internal sealed class Exp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
        => MapUnary.Float<Body>(node.Type("T"), cost: 12) ?? MapUnary.Complex<OfComplex>(node.Type("T")) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Conjugate(g.Output(0))];

    internal readonly struct Body : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Exp(x);
    }

    private readonly struct OfComplex : IScalarBody<Complex, Complex>
    {
        public static Complex Invoke(Complex x) => ComplexFunctions.Exp(x);
    }
}
