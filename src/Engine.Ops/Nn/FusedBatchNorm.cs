using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Batch normalisation: with the given mean and variance, or in training with those of the batch.</summary>
[Op("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3")]
internal sealed class FusedBatchNorm : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var x = c.Input(0);
        var channels = PartialShape.Vector(x.HasRank ? x[BatchNormShape.Channel(c.Node, x.Rank)] : -1);
        for (var i = 1; i < 5; i++)
            channels = channels.Merge(c.Input(i).Rank == 1 && c.Input(i)[0] != 0 ? c.Input(i) : PartialShape.OfRank(1));
        c.SetOutput(0, x);
        for (var i = 1; i < Math.Min(5, c.OutputCount); i++)
            c.SetOutput(i, channels);
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new FusedBatchNormKernel(node),
        DType.Float16 => new FusedBatchNormKernel(node),
        DType.BFloat16 => new FusedBatchNormKernel(node),
        _ => throw node.NoKernel(),
    };

    public static bool Fuse(RewriteContext c) => ConvolutionFusion.BatchNorm(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        var isTraining = g.Attr("is_training").AsBool();
        var gradient = g.NewNode(g.Node.Op.Replace("FusedBatchNorm", "FusedBatchNormGrad", StringComparison.Ordinal))
            .Input(g.OutputGradient(0)).Input(g.Input(0)).Input(g.Input(1));
        // In training the batch's statistics count, else the given ones.
        gradient.Input(isTraining ? g.Output(3) : g.Input(3)).Input(isTraining ? g.Output(4) : g.Input(4));
        if (g.Node.Op == "FusedBatchNormV3")
            gradient.Input(g.Output(5));
        foreach (var attr in (ReadOnlySpan<string>)["epsilon", "data_format", "is_training"])
            gradient.Attr(attr, g.Attr(attr));
        var node = gradient.Build();
        return [node[0], node[1], node[2], null, null];
    }
}
