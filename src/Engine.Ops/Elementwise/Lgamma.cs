using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The logarithm of the absolute value of the gamma function.</summary>
[Op("Lgamma")]
internal sealed class Lgamma : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.Lgamma>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Apply("Digamma", g.Input(0))];
}
