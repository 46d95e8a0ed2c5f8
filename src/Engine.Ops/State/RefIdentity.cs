using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.State;

/// <summary>The reference itself.</summary>
[Op("RefIdentity")]
internal sealed class RefIdentity : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradientOrNull(0)];
}
