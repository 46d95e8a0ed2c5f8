using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The modified Bessel function of the second kind of order 1.</summary>
[Op("BesselK1")]
internal sealed class BesselK1 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.BesselK1>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x, y) = (g.OutputGradient(0), g.Input(0), g.Output(0));
        return [dz * (-g.Apply("BesselK0", x) - y / x)];
    }
}
