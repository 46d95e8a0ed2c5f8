using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>The sum of a segment's rows over the square root of their number.</summary>
internal readonly struct SegmentRootAverage<T> : ISegmentReduction<T> where T : unmanaged, INumberBase<T>
{
    public static T Gap => T.Zero;

    public static void Combine(Span<T> rows, ReadOnlySpan<T> row) => TensorPrimitives.Add(rows, row, rows);

    public static void Finish(Span<T> rows, long count)
    {
        var n = T.CreateTruncating(Math.Sqrt(count));
        for (var i = 0; i < rows.Length; i++)
            rows[i] /= n;
    }
}
