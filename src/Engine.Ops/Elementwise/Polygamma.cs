using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The derivative of order a of the digamma function.</summary>
[Op("Polygamma")]
internal sealed class Polygamma : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Binary<SpecialFunctions.Polygamma>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (n, x) = (g.Input(0), g.Input(1));
        return [null, g.SumToShapeOf(g.OutputGradient(0) * g.Apply("Polygamma", n + g.Scalar(1, g.Type("T")), x), x)];
    }
}
