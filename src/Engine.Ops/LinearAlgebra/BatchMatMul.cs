using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Products of the matrices in two stacks of equal shape, each stack perhaps adjoint.</summary>
[Op("BatchMatMul")]
internal sealed class BatchMatMul : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape x = c.WithRankAtLeast(c.Input(0), 2), y = c.WithRankAtLeast(c.Input(1), 2);
        if (x.HasRank && y.HasRank)
            x.Slice(0, x.Rank - 2).Merge(y.Slice(0, y.Rank - 2));
        BatchMatMulV2.InferShapes(c);
    }

    public static Kernel CreateKernel(KernelBuilder node) => BatchMatMulV2.CreateKernel(node, broadcasts: false);

    public static bool Fuse(RewriteContext c) => AttentionPattern.OfProduct(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        (Value x, Value y) = BatchMatMulV2.Gradients(g);
        return [x, y];
    }
}
