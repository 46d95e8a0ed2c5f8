using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Sparse;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>Crosses of the features of ragged, sparse and dense columns, as text or hashed.</summary>
[Op("RaggedCross")]
internal sealed class RaggedCross : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, PartialShape.OfRank(1));
        c.SetOutput(1, PartialShape.OfRank(1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var inputs = new Inputs(node);
        var (key, buckets, hashed) = ((ulong)node.Int("hash_key"), node.Int("num_buckets"), node.Bool("hashed_output"));
        if (hashed != (node.Type("out_values_type") == DType.Int64))
            throw node.Fail("hashed_output must go with out_values_type int64, text with string");
        return Kernel.From(context =>
        {
            var columns = inputs.Columns(context, out var rows);
            var (perRow, total) = FeatureCross.Count(columns, rows);
            var splits = new long[rows + 1];
            for (var row = 0; row < rows; row++)
                splits[row + 1] = splits[row] + perRow[row];
            var values = context.Allocate(0, total);
            IndexTensor.Write(splits, context.Allocate(1, splits.Length));
            var at = 0;
            for (var row = 0L; row < rows; row++)
            {
                FeatureCross.Walk(columns, row, chosen =>
                {
                    if (hashed)
                        values.AsSpan<long>()[at++] = FeatureCross.Hash(columns, row, chosen, key, buckets, static (c, r, f) => c.Fingerprint(r, f));
                    else
                        values.AsSpan<byte[]>()[at++] = FeatureCross.Join(columns, row, chosen, "_X_"u8.ToArray());
                });
            }
        });
    }

    private sealed class Inputs(KernelBuilder node)
    {
        private readonly string order = node.String("input_order");
        private readonly Range raggedValues = node.InputRange("ragged_values");
        private readonly Range raggedSplits = node.InputRange("ragged_row_splits");
        private readonly Range sparseIndices = node.InputRange("sparse_indices");
        private readonly Range sparseValues = node.InputRange("sparse_values");
        private readonly Range sparseShapes = node.InputRange("sparse_shape");
        private readonly Range dense = node.InputRange("dense_inputs");

        internal CrossColumn[] Columns(KernelContext context, out long rows)
        {
            var (values, splits) = (context.Inputs(raggedValues), context.Inputs(raggedSplits));
            var (indices, entries, shapes) = (context.Inputs(sparseIndices), context.Inputs(sparseValues), context.Inputs(sparseShapes));
            var matrices = context.Inputs(dense);
            if (values.Length != splits.Length)
                throw EngineException.InvalidArgument("ragged values and splits must have the same length");
            if (indices.Length != entries.Length || indices.Length != shapes.Length)
                throw EngineException.InvalidArgument("sparse indices, values, and shape must have the same length");
            rows = Rows(splits, shapes, matrices);
            var (ragged, sparse, matrix) = (0, 0, 0);
            var columns = new List<CrossColumn>();
            foreach (var kind in order)
            {
                if (kind == 'R' && ragged < values.Length)
                    columns.Add(Ragged(values[ragged], splits[ragged++], rows));
                else if (kind == 'S' && sparse < indices.Length)
                    columns.Add(CrossColumn.OfSparse(indices[sparse], entries[sparse], shapes[sparse++], rows));
                else if (kind == 'D' && matrix < matrices.Length)
                    columns.Add(CrossColumn.OfDense(matrices[matrix++], rows));
                else
                    throw EngineException.InvalidArgument($"Invalid input_order {order}");
            }
            return columns.Count == values.Length + indices.Length + matrices.Length ? [.. columns] : throw EngineException.InvalidArgument($"Invalid input_order {order}");
        }

        private static long Rows(Tensor[] splits, Tensor[] shapes, Tensor[] matrices)
        {
            var rows = 0L;
            if (splits.Length > 0)
                rows = splits[0].Count - 1;
            else if (shapes.Length > 0)
                rows = shapes[0].Rank == 1 && shapes[0].Count == 2 ? IndexTensor.Read(shapes[0])[0] : throw EngineException.InvalidArgument("tensor_shape must have 2 elements");
            else if (matrices.Length > 0)
                rows = matrices[0].Rank == 2 ? matrices[0].Shape[0] : throw EngineException.InvalidArgument("Dense inputs should be matrices");
            return rows is >= 0 and < int.MaxValue ? rows : throw EngineException.InvalidArgument($"The batch size must not be {rows}");
        }

        private static CrossColumn Ragged(Tensor values, Tensor splits, long rows)
        {
            if (values.Rank != 1)
                throw EngineException.InvalidArgument($"Invalid ragged values: they must be a vector, got {values.Shape}");
            var read = RowSplits.Read(splits, values.Count);
            return read.Length - 1 == rows ? CrossColumn.OfRagged(values, read) : throw EngineException.InvalidArgument($"Expected {rows} rows, got {read.Length - 1}");
        }
    }
}
