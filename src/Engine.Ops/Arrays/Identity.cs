using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input itself.</summary>
[Op("Identity", "Snapshot")]
internal sealed class Identity : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

    public static bool Simplify(RewriteContext c) => c.ReplaceBy(c.Input(0));

    public static Gradient?[] Gradient(GradientContext g) => [g.OutputGradientOrNull(0)];
}
