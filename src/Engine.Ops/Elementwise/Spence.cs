using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Spence's function, the dilogarithm of 1 - x.</summary>
[Op("Spence")]
internal sealed class Spence : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Unary<SpecialFunctions.Spence>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x) = (g.OutputGradient(0), g.Input(0));
        var one = g.Scalar(1, g.Type("T"));
        return [dz * g.Apply("SelectV2", g.Apply("Equal", x, one), -one, g.Apply("Log", x) / (one - x))];
    }
}
