using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The Hurwitz zeta function.</summary>
[Op("Zeta")]
internal sealed class Zeta : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Binary<SpecialFunctions.Zeta>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (x, q) = (g.Input(0), g.Input(1));
        return [null, g.SumToShapeOf(g.OutputGradient(0) * -x * g.Apply("Zeta", x + g.Scalar(1, g.Type("T")), q), q)];
    }
}
