using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Quotient rounded down.</summary>
[Op("FloorDiv")]
internal sealed class FloorDiv : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node)
        => MapBinary.Float<Body>(node.Type("T"), cost: 5)
            ?? IntegerDivision.Kernel<IntegerDivision.Floored>(node.Type("T"), StatusCode.InvalidArgument) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V x, V y) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Floor(W.Div(x, y));
    }
}
