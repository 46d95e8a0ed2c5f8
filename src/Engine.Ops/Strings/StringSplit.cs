using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Splits strings at every byte of a set of delimiters; without a delimiter, into bytes.</summary>
[Op("StringSplit")]
internal sealed class StringSplit : IOp
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
        var skipEmpty = node.Bool("skip_empty");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            if (input.Rank != 1)
                throw EngineException.InvalidArgument($"input must be a vector, got shape: {input.Shape}");
            if (context.Input(1).Rank != 0)
                throw EngineException.InvalidArgument($"delimiter must be a scalar, got shape: {context.Input(1).Shape}");
            var delimiters = context.Input(1).AsSpan<byte[]>()[0];
            var strings = input.AsSpan<byte[]>();
            var result = new SplitResult(strings.Length);
            for (var row = 0; row < strings.Length; row++)
                Split(strings[row], delimiters, skipEmpty, row, result);
            result.Write(context);
        }, isSequential: true);
    }

    private static void Split(ReadOnlySpan<byte> text, byte[] delimiters, bool skipEmpty, int row, SplitResult result)
    {
        // The empty string has no tokens, not one that is empty.
        if (text.IsEmpty)
            return;
        if (delimiters.Length == 0)
        {
            for (var i = 0; i < text.Length; i++)
                result.Add(row, text.Slice(i, 1));
            return;
        }
        while (true)
        {
            var end = text.IndexOfAny(delimiters);
            var token = end < 0 ? text : text[..end];
            if (!skipEmpty || !token.IsEmpty)
                result.Add(row, token);
            if (end < 0)
                return;
            text = text[(end + 1)..];
        }
    }
}
