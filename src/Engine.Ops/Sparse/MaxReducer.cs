using System.Numerics;

namespace Engine.Ops.Sparse;

/// <summary>The largest value of a group, compared from left to right as TensorFlow does: the last of NaN and its neighbour stays.</summary>
internal readonly struct MaxReducer<T> : ISparseReducer<T> where T : unmanaged, INumber<T>
{
    /// <inheritdoc/>
    public static T Reduce(ReadOnlySpan<T> values)
    {
        var max = values[0];
        foreach (var v in values[1..])
            max = max > v ? max : v;
        return max;
    }
}
