using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The inverse of the error function.</summary>
[Op("Erfinv")]
internal sealed class Erfinv : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Unary<SpecialFunctions.Erfinv>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Scalar(0.886226925452758, g.Type("T")) * g.Apply("Exp", g.Apply("Square", g.Output(0)))];
}
