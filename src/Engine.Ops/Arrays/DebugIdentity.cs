using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input itself: what a debugger puts into graphs to look at values, without a debugger.</summary>
[Op("DebugIdentity", "DebugIdentityV2", "DebugGradientIdentity", "Copy", "CopyHost")]
internal sealed class DebugIdentity : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();

    public static Gradient?[] Gradient(GradientContext g) => g.Node.Op is "DebugIdentityV2" or "DebugGradientIdentity"
        ? [g.OutputGradientOrNull(0)]
        : throw g.NotDifferentiable();
}
