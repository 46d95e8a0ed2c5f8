using Engine.Runtime;

namespace Engine.Ops.Strings;

/// <summary>The tokens of a vector of strings, as a sparse tensor: indices, values, shape.</summary>
internal sealed class SplitResult(int rows)
{
    private readonly List<byte[]> tokens = [];
    private readonly int[] counts = new int[rows];

    /// <summary>The next token of a row.</summary>
    internal void Add(int row, ReadOnlySpan<byte> token)
    {
        tokens.Add(token.ToArray());
        counts[row]++;
    }

    /// <summary>Sets the outputs.</summary>
    internal void Write(KernelContext context)
    {
        var indices = context.Allocate(0, tokens.Count, 2).AsSpan<long>();
        tokens.CopyTo(context.Allocate(1, tokens.Count).AsSpan<byte[]>());
        var at = 0;
        var widest = 0;
        for (var row = 0; row < counts.Length; row++)
        {
            for (var i = 0; i < counts[row]; i++)
            {
                indices[at++] = row;
                indices[at++] = i;
            }
            widest = Math.Max(widest, counts[row]);
        }
        var shape = context.Allocate(2, 2).AsSpan<long>();
        shape[0] = counts.Length;
        shape[1] = widest;
    }
}
