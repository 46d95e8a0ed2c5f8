using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The modified Bessel function of the first kind of order 0 times <c>exp(-|x|)</c>.</summary>
[Op("BesselI0e")]
internal sealed class BesselI0e : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.BesselI0e>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x, y) = (g.OutputGradient(0), g.Input(0), g.Output(0));
        return [dz * (g.Apply("BesselI1e", x) - g.Apply("Sign", x) * y)];
    }
}
