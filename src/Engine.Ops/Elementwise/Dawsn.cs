using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Dawson's integral.</summary>
[Op("Dawsn")]
internal sealed class Dawsn : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Unary<SpecialFunctions.Dawsn>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x, y) = (g.OutputGradient(0), g.Input(0), g.Output(0));
        return [dz * (g.Scalar(1, g.Type("T")) - g.Scalar(2, g.Type("T")) * x * y)];
    }
}
