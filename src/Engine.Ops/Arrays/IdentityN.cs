using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The inputs themselves.</summary>
[Op("IdentityN")]
internal sealed class IdentityN : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < c.InputCount; i++)
            c.SetOutput(i, c.Input(i));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        for (var i = 0; i < context.InputCount; i++)
            context.Forward(i, i);
    });

    public static bool Simplify(RewriteContext c)
    {
        var changed = false;
        for (var i = 0; i < c.InputCount; i++)
            changed |= c.ReplaceBy(c.Input(i), i);
        return changed;
    }

    public static Gradient?[] Gradient(GradientContext g) => [.. Enumerable.Range(0, g.OutputCount).Select(g.OutputGradientOrNull)];
}
