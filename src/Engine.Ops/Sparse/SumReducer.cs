using System.Numerics;
using Engine.Tensors;

namespace Engine.Ops.Sparse;

/// <summary>The sum of a group, 16-bit floats added up in float.</summary>
internal readonly struct SumReducer<T> : ISparseReducer<T> where T : unmanaged, INumberBase<T>
{
    /// <inheritdoc/>
    public static T Reduce(ReadOnlySpan<T> values)
    {
        if (typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16))
        {
            var wide = 0f;
            foreach (var v in values)
                wide += float.CreateTruncating(v);
            return T.CreateTruncating(wide);
        }
        var sum = T.Zero;
        foreach (var v in values)
            sum += v;
        return sum;
    }
}
