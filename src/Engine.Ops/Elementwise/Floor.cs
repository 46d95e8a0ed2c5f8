using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The largest integer not above x.</summary>
[Op("Floor")]
internal sealed class Floor : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Float<Body>(node.Type("T"), cost: 2) ?? throw node.NoKernel();

    public static bool Chain(RewriteContext c) => ElementwiseChain.Fuse(c);

    public static Gradient?[] Gradient(GradientContext g) => [null];

    internal readonly struct Body : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Floor(x);
    }
}
