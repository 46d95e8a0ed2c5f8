using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary><c>range(start, stop, step)</c>.</summary>
internal sealed record LazyRange(long Start, long Stop, long Step)
{
    internal IEnumerable<object?> Items()
    {
        for (var i = 0L; i < Length; i++)
            yield return (BigInteger)(Start + i * Step);
    }

    internal long Length => Step > 0 ? Math.Max(0, (long)(((Int128)Stop - Start + Step - 1) / Step)) : Math.Max(0, (long)(((Int128)Stop - Start + Step + 1) / Step));

    internal List<object?> ToList() => Length <= 1 << 24 ? [.. Items()] : throw new PythonException("MemoryError", "the range is too long");
}
