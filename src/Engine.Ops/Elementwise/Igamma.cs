using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The lower regularised incomplete gamma function.</summary>
[Op("Igamma")]
internal sealed class Igamma : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Binary<SpecialFunctions.Igamma>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (a, x, dz) = (g.Input(0), g.Input(1), g.OutputGradient(0));
        var partX = g.Apply("Exp", (a - g.Scalar(1, g.Type("T"))) * g.Apply("Log", x) - x - g.Apply("Lgamma", a));
        return [g.SumToShapeOf(dz * g.Apply("IgammaGradA", a, x), a), g.SumToShapeOf(dz * partX, x)];
    }
}
