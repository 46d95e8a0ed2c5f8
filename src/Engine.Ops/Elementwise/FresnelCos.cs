using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The Fresnel cosine integral.</summary>
[Op("FresnelCos")]
internal sealed class FresnelCos : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Unary<SpecialFunctions.FresnelCos>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Apply("Cos", g.Scalar(Math.PI / 2, g.Type("T")) * g.Apply("Square", g.Input(0)))];
}
