using System.Runtime.InteropServices;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>Attention over blocks of queries: the scores of a block exist only in a thread's own memory, which fits the second-level cache.</summary>
internal sealed unsafe class AttentionKernel(KernelBuilder node) : Kernel
{
    /// <summary>Scores of a block of queries.</summary>
    private const long BlockScores = 16 << 10;

    private readonly string q = node.String("q_layout");
    private readonly string k = node.String("k_layout");
    private readonly string v = node.String("v_layout");
    private readonly string scores = node.String("scores_layout");
    private readonly string result = node.String("result_layout");
    private readonly float scale = node.Float("scale");

    public override void Compute(KernelContext context)
    {
        var sizes = new Dictionary<char, long>();
        var (queries, keys, values) = (context.Input(0), context.Input(1), context.Input(2));
        Sizes(sizes, q, queries.Shape);
        Sizes(sizes, k, keys.Shape);
        var mask = context.InputCount > 3 ? context.Input(3) : null;
        if (mask is not null)
            Broadcast(sizes, mask.Shape);
        Sizes(sizes, v, values.Shape);
        Span<long> dims = stackalloc long[result.Length];
        for (var i = 0; i < dims.Length; i++)
            dims[i] = sizes[result[i]];
        var y = context.Allocate(0, dims);
        if (y.Count == 0)
            return;
        var batches = result.Where(char.IsAsciiLetterLower).ToArray();
        var (rows, columns) = (sizes['Q'], sizes['K']);
        if (columns == 0)
        {
            y.Clear();
            return;
        }
        var block = Math.Clamp(BlockScores / columns / 8 * 8, 8, 128);
        var body = new AttentionBody
        {
            Queries = queries.Pointer<float>(),
            Keys = keys.Pointer<float>(),
            Values = values.Pointer<float>(),
            Mask = mask is null ? null : mask.Pointer<float>(),
            Result = y.Pointer<float>(),
            QueryCount = rows,
            KeyCount = columns,
            Depth = sizes['D'],
            Width = sizes['V'],
            QueryStrides = new(Stride(q, queries.Shape, 'Q'), Stride(q, queries.Shape, 'D')),
            KeyStrides = new(Stride(k, keys.Shape, 'K'), Stride(k, keys.Shape, 'D')),
            ValueStrides = new(Stride(v, values.Shape, 'K'), Stride(v, values.Shape, 'V')),
            MaskStrides = mask is null ? default : new(Stride(scores, mask.Shape, 'Q'), Stride(scores, mask.Shape, 'K')),
            ResultStrides = new(Stride(result, y.Shape, 'Q'), Stride(result, y.Shape, 'V')),
            Batches = [.. batches.Select(b => sizes[b])],
            BatchStrides = [.. batches.Select(b => new BatchStride(
                Stride(q, queries.Shape, b), Stride(k, keys.Shape, b), Stride(v, values.Shape, b), mask is null ? 0 : Stride(scores, mask.Shape, b), Stride(result, y.Shape, b)))],
            Block = block,
            Blocks = (rows + block - 1) / block,
            Scale = scale,
        };
        var products = body.Blocks;
        foreach (var size in body.Batches)
            products *= size;
        context.Workers.Run(products, Math.Max(1, block * columns * (body.Depth + body.Width) / 16), ref body);
    }

    // Dimensions of size 1 are broadcast among the batches.
    private static void Sizes(Dictionary<char, long> sizes, string layout, Shape shape)
    {
        if (shape.Rank != layout.Length)
            throw EngineException.InvalidArgument($"Expected input of rank {layout.Length} but got {shape}");
        for (var i = 0; i < layout.Length; i++)
        {
            var isBatch = char.IsAsciiLetterLower(layout[i]);
            if (!sizes.TryGetValue(layout[i], out var known) || (isBatch && known == 1))
                sizes[layout[i]] = shape[i];
            else if (shape[i] != known && !(isBatch && shape[i] == 1))
                throw EngineException.InvalidArgument($"Attention over incompatible shapes: dimension {i} of {shape} is not {known}");
        }
    }

    // The mask is broadcast with the scores, either way.
    private void Broadcast(Dictionary<char, long> sizes, Shape mask)
    {
        if (mask.Rank > scores.Length)
            throw EngineException.InvalidArgument($"A mask of shape {mask} does not fit scores of {scores.Length} dimensions");
        for (var i = 1; i <= mask.Rank; i++)
        {
            ref var size = ref CollectionsMarshal.GetValueRefOrAddDefault(sizes, scores[^i], out _);
            if (size == 1)
                size = mask[-i];
            else if (mask[-i] != size && mask[-i] != 1)
                throw EngineException.InvalidArgument($"Incompatible shapes: dimension {mask.Rank - i} of the mask {mask} is not {size}");
        }
    }

    private static long Stride(string layout, Shape shape, char label)
    {
        var index = layout.IndexOf(label, StringComparison.Ordinal) - layout.Length + shape.Rank;
        return index < 0 || !layout.Contains(label, StringComparison.Ordinal) || shape[index] == 1 ? 0 : shape.CountOf(index + 1, shape.Rank);
    }
}
