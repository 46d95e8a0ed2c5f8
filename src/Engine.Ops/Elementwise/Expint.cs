using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The exponential integral.</summary>
[Op("Expint")]
internal sealed class Expint : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapSpecial.Unary<SpecialFunctions.Expint>(node.Type("T")) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dz, x) = (g.OutputGradient(0), g.Input(0));
        return [dz * g.Apply("Exp", x) / x];
    }
}
