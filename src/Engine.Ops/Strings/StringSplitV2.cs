using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Splits strings as Python's <c>str.split</c> does: at a separator, or at runs of whitespace.</summary>
[Op("StringSplitV2")]
internal sealed class StringSplitV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.Input(1, 0);
        c.SetOutput(0, [-1, 2]);
        c.SetOutput(1, [-1]);
        c.SetOutput(2, [2]);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var limit = node.Int("maxsplit");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            if (input.Rank != 1)
                throw EngineException.InvalidArgument($"input must be a vector, got shape: {input.Shape}");
            if (context.Input(1).Rank != 0)
                throw EngineException.InvalidArgument($"sep must be a scalar, got shape: {context.Input(1).Shape}");
            var separator = context.Input(1).AsSpan<byte[]>()[0];
            var strings = input.AsSpan<byte[]>();
            var result = new SplitResult(strings.Length);
            for (var row = 0; row < strings.Length; row++)
            {
                if (limit == 0)
                    result.Add(row, strings[row]);
                else if (separator.Length == 0)
                    SplitAtWhitespace(strings[row], limit, row, result);
                else
                    SplitAt(strings[row], separator, limit, row, result);
            }
            result.Write(context);
        }, isSequential: true);
    }

    private static void SplitAt(ReadOnlySpan<byte> text, byte[] separator, long limit, int row, SplitResult result)
    {
        int end;
        for (var count = 0L; count != limit && (end = text.IndexOf(separator)) >= 0; count++)
        {
            result.Add(row, text[..end]);
            text = text[(end + separator.Length)..];
        }
        result.Add(row, text);
    }

    private static void SplitAtWhitespace(ReadOnlySpan<byte> text, long limit, int row, SplitResult result)
    {
        text = Whitespace.TrimStart(text);
        for (var count = 1L; !text.IsEmpty; count++)
        {
            var end = text.IndexOfAny(Whitespace.Bytes);
            result.Add(row, end < 0 ? text : text[..end]);
            text = end < 0 ? [] : Whitespace.TrimStart(text[end..]);
            // What remains after the last allowed split is a token even if nothing remains.
            if (count == limit)
            {
                result.Add(row, text);
                return;
            }
        }
    }
}
