namespace Engine.Ops.Strings;

/// <summary>Joins byte strings with a separator; the list of parts is reused from one result to the next.</summary>
internal sealed class ByteJoiner(byte[] separator)
{
    private readonly List<byte[]> parts = [];
    private long length;

    /// <summary>Number of parts since the last result.</summary>
    internal int Count => parts.Count;

    /// <summary>Adds a part.</summary>
    internal void Add(byte[] part)
    {
        parts.Add(part);
        length += part.Length;
    }

    /// <summary>The parts joined; the next result begins empty.</summary>
    /// <exception cref="EngineException">RESOURCE_EXHAUSTED for 2 GiB or more.</exception>
    internal byte[] Take()
    {
        var total = length + (long)separator.Length * Math.Max(parts.Count - 1, 0);
        if (total > Array.MaxLength)
            throw EngineException.ResourceExhausted($"A string of {total} bytes cannot be made.");
        if (total == 0)
        {
            Clear();
            return [];
        }
        var result = parts.Count == 1 ? parts[0] : new byte[total];
        for (int i = 0, at = 0; i < parts.Count && parts.Count > 1; i++)
        {
            if (i > 0)
            {
                separator.CopyTo(result, at);
                at += separator.Length;
            }
            parts[i].CopyTo(result, at);
            at += parts[i].Length;
        }
        Clear();
        return result;
    }

    private void Clear()
    {
        parts.Clear();
        length = 0;
    }
}
