using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>The logarithm of the softmax over the last dimension.</summary>
[Op("LogSoftmax")]
internal sealed class LogSoftmax : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 1));

    public static Kernel CreateKernel(KernelBuilder node) => SoftmaxKernel.Make(node.Type("T"), isLog: true) ?? throw node.NoKernel();

    // dy - sum(dy) · softmax(x)
    public static bool ActsOnRows(RewriteContext c) => c.OutputShape(0).Rank > 1 && c.BroadcastsToRows();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var dy = g.OutputGradient(0);
        var sum = g.NewNode("Sum").Input(dy).Input(g.Constant(Tensor.From(-1))).Attr("keep_dims", true).Build()[0];
        return [dy - sum * g.Apply("Exp", g.Output(0))];
    }
}
