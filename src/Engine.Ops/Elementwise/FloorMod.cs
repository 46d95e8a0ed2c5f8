using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Remainder with the sign of the divisor.</summary>
[Op("FloorMod")]
internal sealed class FloorMod : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));

    public static Kernel CreateKernel(KernelBuilder node) => FloatRemainder.Kernel<FlooredRemainder>(node.Type("T"))
        ?? IntegerDivision.Kernel<IntegerDivision.FlooredRemainder>(node.Type("T"), StatusCode.InvalidArgument) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dz = g.OutputGradient(0);
        return [g.SumToShapeOf(dz, g.Input(0)), g.SumToShapeOf(-dz * g.Apply("FloorDiv", g.Input(0), g.Input(1)), g.Input(1))];
    }
}
