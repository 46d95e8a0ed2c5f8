using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Nn;

/// <summary>Distances of the elements along the two dimensions of a matrix.</summary>
internal readonly record struct MatrixStrides(long Row, long Column);

/// <summary>Distances of the matrices along a batch dimension.</summary>
internal readonly record struct BatchStride(long Query, long Key, long Value, long Mask, long Result);

/// <summary>Blocks of queries, of one batch after the other: each item is a block.</summary>
internal unsafe struct AttentionBody : IRangeBody
{
    internal float* Queries;
    internal float* Keys;
    internal float* Values;
    internal float* Mask;
    internal float* Result;
    internal long QueryCount;
    internal long KeyCount;
    internal long Depth;
    internal long Width;
    internal long Block;
    internal long Blocks;
    internal float Scale;
    internal MatrixStrides QueryStrides;
    internal MatrixStrides KeyStrides;
    internal MatrixStrides ValueStrides;
    internal MatrixStrides MaskStrides;
    internal MatrixStrides ResultStrides;
    internal long[] Batches;
    internal BatchStride[] BatchStrides;

    public void Invoke(long start, long end)
    {
        long row = AttentionRows.Padded(KeyCount);
        using var keys = new Scratch<float>(PanelLayout.PaddedColumns<float>(KeyCount) * Depth);
        using var values = new Scratch<float>(PanelLayout.PaddedColumns<float>(Width) * KeyCount);
        using var scores = new Scratch<float>(row * Block);
        using var sums = new Scratch<float>(Block);
        using var copy = new Scratch<float>(ResultStrides.Column == 1 || Width == 1 ? 0 : Block * Width);
        long packed = -1;
        BatchStride first = default;
        for (long item = start; item < end; item++)
        {
            long batch = item / Blocks;
            if (batch != packed)
            {
                packed = batch;
                first = Offsets(batch);
                PanelLayout.Pack(new MatrixView<float>(Keys + first.Key, KeyStrides.Column, KeyStrides.Row), Depth, KeyCount, keys.Pointer, null);
                PanelLayout.Pack(new MatrixView<float>(Values + first.Value, ValueStrides.Row, ValueStrides.Column), KeyCount, Width, values.Pointer, null);
            }
            long query = item % Blocks * Block;
            long rows = Math.Min(Block, QueryCount - query);
            var left = new MatrixView<float>(Queries + first.Query + (query * QueryStrides.Row), QueryStrides.Row, QueryStrides.Column);
            Multiply(left, rows, KeyCount, Depth, keys.Pointer, scores.Pointer, row);
            for (long i = 0; i < rows; i++)
            {
                float* mask = Mask is null ? null : Mask + first.Mask + ((query + i) * MaskStrides.Row);
                sums.Pointer[i] = AttentionRows.Exponentials(scores.Pointer + (i * row), KeyCount, Scale, mask, MaskStrides.Column);
            }
            float* result = Result + first.Result + (query * ResultStrides.Row);
            bool isDirect = ResultStrides.Column == 1 || Width == 1;
            float* target = isDirect ? result : copy.Pointer;
            long targetRow = isDirect ? ResultStrides.Row : Width;
            Multiply(new MatrixView<float>(scores.Pointer, row, 1), rows, Width, KeyCount, values.Pointer, target, targetRow);
            for (long i = 0; i < rows; i++)
                AttentionRows.Scale(target + (i * targetRow), Width, 1 / sums.Pointer[i]);
            for (long i = 0; i < rows && !isDirect; i++)
            {
                for (long j = 0; j < Width; j++)
                    result[(i * ResultStrides.Row) + (j * ResultStrides.Column)] = target[(i * Width) + j];
            }
        }
    }

    private static void Multiply(MatrixView<float> left, long rows, long columns, long depth, float* packed, float* c, long cRow)
    {
        if (depth == 0)
        {
            for (long i = 0; i < rows; i++)
                new Span<float>(c + (i * cRow), checked((int)columns)).Clear();
            return;
        }
        var product = new BlockedProduct<float, StridedPanels<float>>(new StridedPanels<float>(left), 0, rows, columns, depth, packed, c, cRow, false, null);
        BlockedProduct<float, StridedPanels<float>>.Run(ref product);
    }

    private readonly BatchStride Offsets(long batch)
    {
        long q = 0, k = 0, v = 0, mask = 0, result = 0;
        for (int i = Batches.Length - 1; i >= 0; i--)
        {
            (batch, long index) = Math.DivRem(batch, Batches[i]);
            q += index * BatchStrides[i].Query;
            k += index * BatchStrides[i].Key;
            v += index * BatchStrides[i].Value;
            mask += index * BatchStrides[i].Mask;
            result += index * BatchStrides[i].Result;
        }
        return new(q, k, v, mask, result);
    }
}
