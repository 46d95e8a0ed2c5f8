using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The inverse of the normal distribution function.</summary>
[Op("Ndtri")]
internal sealed class Ndtri : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Unary<SpecialFunctions.Ndtri>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Scalar(2.5066282746310002, g.Type("T")) * g.Apply("Exp", g.Apply("Square", g.Output(0)) * g.Scalar(0.5, g.Type("T")))];
}
