using Engine.OpModel;

namespace Engine.Ops.Sparse;

/// <summary>Crosses of the features of several columns as text.</summary>
[Op("SparseCrossV2")]
internal sealed class SparseCrossV2 : IOp
{
    public static void InferShapes(InferenceContext c) => SparseCrossKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (sparse, dense) = ((int)node.Int("N"), node.InputRange("dense_inputs"));
        return Kernel.From(context =>
        {
            var columns = SparseCrossKernel.Columns(context, sparse, dense, out var rows);
            var separator = context.Input(context.InputCount - 1);
            if (separator.Rank != 0)
                throw EngineException.InvalidArgument($"Input separator should be a scalar. Received: {separator.Shape}");
            var between = separator.AsSpan<byte[]>()[0];
            SparseCrossKernel.Write(context, columns, rows, (row, chosen) => FeatureCross.Join(columns, row, chosen, between));
        });
    }
}
