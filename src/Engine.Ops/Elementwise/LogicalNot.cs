using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>True where x is false.</summary>
[Op("LogicalNot")]
internal sealed class LogicalNot : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Bool<Body>();

    public static Gradient?[] Gradient(GradientContext g) => [null];

    internal readonly struct Body : INumberBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Xor(x, W.One);
    }
}
