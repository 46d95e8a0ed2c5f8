using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The smaller of two; NaN where either is.</summary>
[Op("Minimum")]
internal sealed class Minimum : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapBinary.Number<Body>(node.Type("T")) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        var mask = g.Apply("LessEqual", g.Input(0), g.Input(1));
        var zeros = g.Apply("ZerosLike", dz);
        return [g.SumToShapeOf(g.Apply("SelectV2", mask, dz, zeros), g.Input(0)), g.SumToShapeOf(g.Apply("SelectV2", mask, zeros, dz), g.Input(1))];
    }

    internal readonly struct Body : INumberBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Min(x, y);
    }
}
