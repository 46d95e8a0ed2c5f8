using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The modified Bessel function of the first kind of order 1 times <c>exp(-|x|)</c>.</summary>
[Op("BesselI1e")]
internal sealed class BesselI1e : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.BesselI1e>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x, y) = (g.OutputGradient(0), g.Input(0), g.Output(0));
        return [dz * g.Apply("SelectV2", g.Apply("Equal", x, g.Scalar(0, g.Type("T"))), g.Scalar(0.5, g.Type("T")), g.Apply("BesselI0e", x) - y * (g.Apply("Sign", x) + g.Apply("Reciprocal", x)))];
    }
}
