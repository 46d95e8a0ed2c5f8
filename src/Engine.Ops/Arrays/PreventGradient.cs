using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input itself; asking for its gradient is an error.</summary>
[Op("PreventGradient")]
internal sealed class PreventGradient : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => new ForwardKernel();

    public static bool Simplify(RewriteContext c) => c.ReplaceBy(c.Input(0));

    public static Gradient?[] Gradient(GradientContext g)
        => throw new EngineException(StatusCode.NotFound, $"Gradient explicitly disabled. Reason: {g.Attr("message").AsString()}").At(g.Node.Name, g.Node.Op);
}
