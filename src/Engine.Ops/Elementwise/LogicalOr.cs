using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Whether either is true.</summary>
[Op("LogicalOr")]
internal sealed class LogicalOr : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapBinary.Bool<Body>();

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    internal readonly struct Body : INumberBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Or(x, y);
    }
}
