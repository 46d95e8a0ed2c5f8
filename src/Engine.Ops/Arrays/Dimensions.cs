namespace Engine.Ops.Arrays;

/// <summary>Arithmetic on lengths of dimensions, which must fit 63 bits.</summary>
internal static class Dimensions
{
    /// <summary>The product.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is too large.</exception>
    internal static long Multiply(long a, long b) => Check((Int128)a * b);

    /// <summary>The product of two lengths, either of which may be unknown (-1).</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is too large.</exception>
    internal static long MultiplyKnown(long a, long b) => a < 0 || b < 0 ? -1 : Multiply(a, b);

    /// <summary>The sum.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is too large.</exception>
    internal static long Add(long a, long b, long c = 0) => Check((Int128)a + b + c);

    private static long Check(Int128 length) => length >= 0 && length <= long.MaxValue
        ? (long)length
        : throw EngineException.InvalidArgument($"A dimension of {length} is out of range: encountered overflow.");
}
