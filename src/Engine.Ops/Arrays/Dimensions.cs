namespace Engine.Ops.Arrays;

/// <summary>Arithmetic on lengths of dimensions, which must fit 63 bits.</summary>
internal static class Dimensions
{
    /// <summary>The product.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is too large.</exception>
    internal static long Multiply(long a, long b)
    {
        // Int128 is never compiled ahead, so it is left to the message.
        var high = Math.BigMul(a, b, out var product);
        return high == 0 && product >= 0 ? product : throw OutOfRange((Int128)a * b);
    }

    /// <summary>The product of two lengths, either of which may be unknown (-1).</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is too large.</exception>
    internal static long MultiplyKnown(long a, long b) => a < 0 || b < 0 ? -1 : Multiply(a, b);

    /// <summary>The sum.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when it is too large.</exception>
    internal static long Add(long a, long b, long c = 0)
    {
        const long half = long.MaxValue / 4;
        var isSmall = a is >= -half and <= half && b is >= -half and <= half && c is >= -half and <= half;
        return isSmall && a + b + c >= 0 ? a + b + c : AddWide(a, b, c);
    }

    private static long AddWide(long a, long b, long c) => (Int128)a + b + c is var sum && sum >= 0 && sum <= long.MaxValue ? (long)sum : throw OutOfRange(sum);

    private static EngineException OutOfRange(Int128 length) => EngineException.InvalidArgument($"A dimension of {length} is out of range: encountered overflow.");
}
