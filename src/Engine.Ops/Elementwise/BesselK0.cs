using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The modified Bessel function of the second kind of order 0.</summary>
[Op("BesselK0")]
internal sealed class BesselK0 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.BesselK0>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => [-g.OutputGradient(0) * g.Apply("BesselK1", g.Input(0))];
}
