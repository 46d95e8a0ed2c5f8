using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The Fresnel sine integral.</summary>
[Op("FresnelSin")]
internal sealed class FresnelSin : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Unary<SpecialFunctions.FresnelSin>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradient(0) * g.Apply("Sin", g.Scalar(Math.PI / 2, g.Type("T")) * g.Apply("Square", g.Input(0)))];
}
