using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>Softmax over the last dimension: <c>exp(x) / sum(exp(x))</c>.</summary>
[Op("Softmax")]
internal sealed class Softmax : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 1));

    public static Kernel CreateKernel(KernelBuilder node) => SoftmaxKernel.Make(node.Type("T"), isLog: false) ?? throw node.NoKernel();

    // (dy - sum(dy · y)) · y
    public static bool ActsOnRows(RewriteContext c) => c.OutputShape(0).Rank > 1 && c.BroadcastsToRows();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (dy, y) = (g.OutputGradient(0), g.Output(0));
        var sum = g.NewNode("Sum").Input(dy * y).Input(g.Constant(Tensor.From(-1))).Attr("keep_dims", true).Build()[0];
        return [(dy - sum) * y];
    }

    public static unsafe void Prepare()
    {
        const int columns = 16;
        var row = stackalloc float[columns];
        new Span<float>(row, columns).Clear();
        new SoftmaxRows<float>(row, row, columns, isLog: false).Invoke(0, 1);
    }
}
