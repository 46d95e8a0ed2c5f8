using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The angle of the point (x, y), in [-π, π].</summary>
[Op("Atan2")]
internal sealed class Atan2 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapBinary.Float<Body>(node.Type("T"), cost: 40) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (y, x) = (g.Input(0), g.Input(1));
        var part = g.OutputGradient(0) / (g.Apply("Square", x) + g.Apply("Square", y));
        return [g.SumToShapeOf(x * part, g.Input(0)), g.SumToShapeOf(-y * part, g.Input(1))];
    }

    internal readonly struct Body : IFloatBody2
    {
        public static V Invoke<W, V, T>(V y, V x) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Atan2(y, x);
    }
}
