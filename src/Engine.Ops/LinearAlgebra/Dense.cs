using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>
/// The last dimensions of a tensor contracted with the first ones of weights, then a bias and an activation: what an Einsum of a dense layer or a Tensordot comes to.
/// </summary>
[Op("_Dense", Definition = "_Dense(x:T; w:T; args:num_args*T) -> (y:T) {T:type in [float,double]; num_args:int >= 0 = 0; contracted:int = 1; fused_ops:list(string) = []; leakyrelu_alpha:float = 0.2}")]
internal sealed class Dense : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var contracted = (int)c.Attr("contracted").AsInt();
        PartialShape x = c.WithRankAtLeast(c.Input(0), contracted), w = c.WithRankAtLeast(c.Input(1), contracted);
        if (!x.HasRank || !w.HasRank)
            return;
        x.Slice(x.Rank - contracted, x.Rank).Merge(w.Slice(0, contracted));
        c.SetOutput(0, x.Slice(0, x.Rank - contracted).Concat(w.Slice(contracted)));
    }

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows(1);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") switch
    {
        DType.Float32 => new DenseKernel<float>(node),
        DType.Float64 => new DenseKernel<double>(node),
        _ => throw node.NoKernel(),
    };
}
