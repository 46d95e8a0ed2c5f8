using Engine.Ops.Arrays;

namespace Engine.Ops.Strings;

/// <summary>The row splits of a ragged tensor.</summary>
internal static class RowSplits
{
    /// <summary>Splits that begin at 0, never fall and end at <paramref name="values"/>.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for others.</exception>
    internal static long[] Read(Tensor splits, long values, string what)
    {
        var s = IndexTensor.Vector(splits, what);
        if (s.Length == 0)
            throw EngineException.InvalidArgument($"{what} should contain elements, but it has 0 elements");
        if (s[0] != 0)
            throw EngineException.InvalidArgument($"First value in {what} must be zero, got {s[0]}");
        for (var i = 1; i < s.Length; i++)
        {
            if (s[i] < s[i - 1])
                throw EngineException.InvalidArgument($"Values in {what} must be equal or in ascending order.");
        }
        return s[^1] == values ? s : throw EngineException.InvalidArgument($"Last value in {what} must be equal to the number of values, {values}, got {s[^1]}");
    }
}
