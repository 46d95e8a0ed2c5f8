using Engine.OpModel;

namespace Engine.Ops.Sparse;

/// <summary>Crosses of the features of several columns, as text or hashed.</summary>
[Op("SparseCross")]
internal sealed class SparseCross : IOp
{
    public static void InferShapes(InferenceContext c) => SparseCrossKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (sparse, dense) = ((int)node.Int("N"), node.InputRange("dense_inputs"));
        var (key, buckets) = ((ulong)node.Int("hash_key"), node.Int("num_buckets"));
        var hashed = node.Type("out_type") == DType.Int64;
        var textOnly = !hashed && node.Type("internal_type") == DType.String;
        if (hashed != node.Bool("hashed_output"))
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var columns = SparseCrossKernel.Columns(context, sparse, dense, out var rows);
            if (textOnly && columns.Any(c => c.Values.Type != DType.String))
                throw EngineException.InvalidArgument("Crosses with internal_type string take strings alone");
            if (hashed)
                SparseCrossKernel.Write(context, columns, rows, (row, chosen) => FeatureCross.Hash(columns, row, chosen, key, buckets, static (c, r, f) => c.Fingerprint(r, f)));
            else
                SparseCrossKernel.Write(context, columns, rows, (row, chosen) => FeatureCross.Join(columns, row, chosen, "_X_"u8.ToArray()));
        });
    }
}
