using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Products of the matrices in two stacks whose outer dimensions broadcast, each stack perhaps adjoint.</summary>
[Op("BatchMatMulV2")]
internal sealed class BatchMatMulV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape x = c.WithRankAtLeast(c.Input(0), 2), y = c.WithRankAtLeast(c.Input(1), 2);
        if (!x.HasRank || !y.HasRank)
            return;
        bool adjointX = c.Attr("adj_x").AsBool(), adjointY = c.Attr("adj_y").AsBool();
        long depthX = x[adjointX ? -2 : -1], depthY = y[adjointY ? -1 : -2];
        if (depthX >= 0 && depthY >= 0 && depthX != depthY)
            throw c.Fail($"Dimensions must be equal, but are {depthX} and {depthY}");
        PartialShape batch = c.Broadcast(x.Slice(0, x.Rank - 2), y.Slice(0, y.Rank - 2));
        c.SetOutput(0, batch.Concat(new PartialShape(x[adjointX ? -1 : -2], y[adjointY ? -2 : -1])));
    }

    public static Kernel CreateKernel(KernelBuilder node) => CreateKernel(node, broadcasts: true);

    public static bool ActsOnRows(RewriteContext c) => c.OutputShape(0).Rank > 2 && c.BroadcastsToRows();

    public static bool Fuse(RewriteContext c) => AttentionPattern.OfProduct(c);

    public static Gradient?[] Gradient(GradientContext g)
    {
        (Value x, Value y) = Gradients(g);
        return [g.SumToShapeOf(x, g.Input(0)), g.SumToShapeOf(y, g.Input(1))];
    }

    internal static Kernel CreateKernel(KernelBuilder node, bool broadcasts) => node.OutputType(0) switch
    {
        DType.Float32 => new BatchMatMulKernel<float>(node, broadcasts),
        DType.Float64 => new BatchMatMulKernel<double>(node, broadcasts),
        DType.Float16 => new BatchMatMulKernel<Half>(node, broadcasts),
        DType.BFloat16 => new BatchMatMulKernel<BFloat16>(node, broadcasts),
        DType.Int16 => new BatchMatMulKernel<short>(node, broadcasts),
        DType.Int32 => new BatchMatMulKernel<int>(node, broadcasts),
        DType.Int64 => new BatchMatMulKernel<long>(node, broadcasts),
        DType.Complex64 => new BatchMatMulKernel<Complex64>(node, broadcasts),
        DType.Complex128 => new BatchMatMulKernel<Complex>(node, broadcasts),
        _ => throw node.NoKernel(),
    };

    /// <summary>The gradients of both stacks, in the broadcast shape.</summary>
    internal static (Value X, Value Y) Gradients(GradientContext g)
    {
        bool adjointX = g.Attr("adj_x").AsBool(), adjointY = g.Attr("adj_y").AsBool();
        Value x = g.Input(0), y = g.Input(1), d = g.OutputGradient(0);
        return (
            adjointX ? Product(y, d, adjointY, true) : Product(d, y, false, !adjointY),
            adjointY ? Product(d, x, true, adjointX) : Product(x, d, !adjointX, false));

        Value Product(Value left, Value right, bool adjointLeft, bool adjointRight)
        {
            var product = g.NewNode(g.Node.Op).Input(left).Input(right).Attr("adj_x", adjointLeft).Attr("adj_y", adjointRight);
            return (g.Node.Op == "BatchMatMulV3" ? product.Attr("Tout", left.Type) : product).Build()[0];
        }
    }
}
