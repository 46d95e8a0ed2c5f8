using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Fails, and tells the data, unless the condition holds.</summary>
[Op("Assert")]
internal sealed class AssertOp : IOp
{
    public static void InferShapes(InferenceContext c) => c.WithRank(c.Input(0), 0);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var limit = node.Int("summarize");
        return Kernel.From(context =>
        {
            var condition = context.Input(0);
            if (condition.Rank != 0)
                throw EngineException.InvalidArgument($"In[0] should be a scalar: {condition.Shape}");
            if (condition.Item<bool>())
                return;
            var data = Enumerable.Range(1, context.InputCount - 1).Select(i => TensorSummary.Of(context.Input(i), limit));
            throw EngineException.InvalidArgument($"assertion failed: {string.Join(' ', data)}");
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[g.InputCount];
}
