using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The Bessel function of the second kind of order 0.</summary>
[Op("BesselY0")]
internal sealed class BesselY0 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.BesselY0>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [-g.OutputGradient(0) * g.Apply("BesselY1", g.Input(0))];
}
