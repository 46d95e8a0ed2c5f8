using System.Buffers.Binary;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Strings;

namespace Engine.Ops.Sparse;

/// <summary>Crosses of the features of several columns, hashed.</summary>
[Op("SparseCrossHashed")]
internal sealed class SparseCrossHashed : IOp
{
    public static void InferShapes(InferenceContext c) => SparseCrossKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (sparse, dense) = ((int)node.Int("N"), node.InputRange("dense_inputs"));
        return Kernel.From(context =>
        {
            var columns = SparseCrossKernel.Columns(context, sparse, dense, out var rows);
            var last = context.InputCount - 1;
            var buckets = IndexTensor.Scalar(context.Input(last - 2), "num_buckets");
            if (context.Input(last - 1).Rank != 0)
                throw EngineException.InvalidArgument("strong_hash must be a scalar");
            var salt = IndexTensor.Read(context.Input(last));
            if (salt.Length != 2)
                throw EngineException.InvalidArgument($"salt must have 2 elements, got {salt.Length}");
            var strong = context.Input(last - 1).AsSpan<bool>()[0];
            SparseCrossKernel.Write(context, columns, rows, (row, chosen) => FeatureCross.Hash(columns, row, chosen, null, buckets, (c, r, f) => Hash(c, r, f, strong, salt)));
        });
    }

    // Dense numbers count as they are; of sparse ones TensorFlow hashes the low half alone.
    private static ulong Hash(CrossColumn column, long row, int feature, bool strong, long[] salt)
    {
        if (column.Values.Type != DType.String && column.IsDense)
            return (ulong)column.Number(row, feature);
        var bytes = column.Values.Type == DType.String ? column.Text(row, feature) : LowHalf(column.Number(row, feature));
        return strong ? SipHash.Of(bytes, (ulong)salt[0], (ulong)salt[1]) : FarmHash.Fingerprint64(bytes);
    }

    private static byte[] LowHalf(long number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)number);
        return bytes;
    }
}
