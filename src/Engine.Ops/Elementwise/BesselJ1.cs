using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The Bessel function of the first kind of order 1.</summary>
[Op("BesselJ1")]
internal sealed class BesselJ1 : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.UnaryWithHalf<SpecialFunctions.BesselJ1>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x, y) = (g.OutputGradient(0), g.Input(0), g.Output(0));
        return [dz * g.Apply("SelectV2", g.Apply("Equal", x, g.Scalar(0, g.Type("T"))), g.Scalar(0.5, g.Type("T")), g.Apply("BesselJ0", x) - y / x)];
    }
}
