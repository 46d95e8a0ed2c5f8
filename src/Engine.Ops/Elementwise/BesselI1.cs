using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The modified Bessel function of the first kind of order 1.</summary>
[Op("BesselI1")]
internal sealed class BesselI1 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.BesselI1>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x, y) = (g.OutputGradient(0), g.Input(0), g.Output(0));
        // TensorFlow answers 1 at zero, where the quotient is none.
        return [dz * g.Apply("SelectV2", g.Apply("Equal", x, g.Scalar(0, g.Type("T"))), g.Scalar(1, g.Type("T")), g.Apply("BesselI0", x) - y / x)];
    }
}
