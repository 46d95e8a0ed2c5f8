using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input itself, through which no gradient flows.</summary>
[Op("StopGradient")]
internal sealed class StopGradient : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();

    public static bool Simplify(RewriteContext c) => c.ReplaceBy(c.Input(0));

    public static Gradient?[] Gradient(GradientContext g) => [null];
}
