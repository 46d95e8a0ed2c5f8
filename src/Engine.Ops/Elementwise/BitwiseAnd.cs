using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Bits set in both.</summary>
[Op("BitwiseAnd")]
internal sealed class BitwiseAnd : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => node.Type("T").IsInteger() ? MapBinary.Number<Body>(node.Type("T"))! : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    internal readonly struct Body : INumberBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.And(x, y);
    }
}
