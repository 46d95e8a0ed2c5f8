using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Strings;

/// <summary>The n-grams of each row of a ragged tensor of strings, joined; rows may be padded at both ends.</summary>
[Op("StringNGrams")]
internal sealed class StringNGrams : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.SetOutput(0, [-1]);
        c.SetOutput(1, c.Input(1, 1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("Tsplits") is not (DType.Int32 or DType.Int64))
            throw node.NoKernel();
        var widths = node.Ints("ngram_widths");
        if (widths.Any(w => w is <= 0 or > int.MaxValue))
            throw node.Fail("ngram_widths must be positive");
        return new NGramKernel(node, widths);
    }

    private sealed class NGramKernel(KernelBuilder node, long[] widths) : Kernel
    {
        private readonly byte[] separator = node.Node.Attr("separator").AsBytes();
        private readonly byte[] left = node.Node.Attr("left_pad").AsBytes();
        private readonly byte[] right = node.Node.Attr("right_pad").AsBytes();
        private readonly long padWidth = node.Int("pad_width");
        private readonly bool keepShort = node.Bool("preserve_short_sequences");

        public override void Compute(KernelContext context)
        {
            var data = context.Input(0);
            var splits = context.Input(1);
            if (data.Count == 0 || splits.Count == 0)
            {
                if (splits.Count > 0)
                    RowSplits.Read(splits, data.Count, "data_splits");
                if (splits.Count == 0 || padWidth == 0 || widths.Length == 0)
                {
                    context.Allocate(0, 0);
                    context.AllocateZeros(1, splits.Shape);
                    return;
                }
            }
            var rows = RowSplits.Read(splits, data.Count, "data_splits");
            var tokens = data.AsSpan<byte[]>();
            var joiner = new ByteJoiner(separator);
            var ngrams = new List<byte[]>();
            var ends = new long[rows.Length];
            for (var i = 1; i < rows.Length; i++)
            {
                AddRow(tokens[(int)rows[i - 1]..(int)rows[i]], joiner, ngrams);
                ends[i] = ngrams.Count;
            }
            ngrams.CopyTo(context.Allocate(0, ngrams.Count).AsSpan<byte[]>());
            IndexTensor.Write(ends, context.Allocate(1, splits.Shape));
        }

        private long Pad(long width) => padWidth < 0 ? width - 1 : Math.Min(padWidth, width - 1);

        private void AddRow(ReadOnlySpan<byte[]> tokens, ByteJoiner joiner, List<byte[]> ngrams)
        {
            var before = ngrams.Count;
            foreach (var width in widths)
                Add(tokens, tokens.Length + 2 * Pad(width) - width + 1, width, joiner, ngrams);
            // A row too short for any n-gram is one n-gram as it is.
            if (keepShort && ngrams.Count == before && tokens.Length > 0)
            {
                if (padWidth < 0)
                    throw EngineException.InvalidArgument($"Pad width should be >= 0 when preserve_short_sequences is True and ngram_widths are not provided, got {padWidth}");
                Add(tokens, 1, tokens.Length + 2 * Pad(tokens.Length + 2 * padWidth), joiner, ngrams);
            }
        }

        private void Add(ReadOnlySpan<byte[]> tokens, long count, long width, ByteJoiner joiner, List<byte[]> ngrams)
        {
            var pad = Pad(width);
            if (count > 0 && (Int128)count * width > int.MaxValue)
                throw EngineException.ResourceExhausted($"{count} n-grams of {width} tokens cannot be made.");
            for (var i = 0L; i < count; i++)
            {
                var before = Math.Max(0, pad - i);
                var after = Math.Max(0, pad - (count - (i + 1)));
                var first = (int)Math.Max(0, i - pad);
                for (var k = 0L; k < before; k++)
                    joiner.Add(left);
                for (var k = 0; k < width - before - after; k++)
                    joiner.Add(tokens[first + k]);
                for (var k = 0L; k < after; k++)
                    joiner.Add(right);
                ngrams.Add(joiner.Take());
            }
        }
    }
}
