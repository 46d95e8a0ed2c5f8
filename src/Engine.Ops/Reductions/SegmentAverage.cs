using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>The mean of a segment's rows.</summary>
internal readonly struct SegmentAverage<T> : ISegmentReduction<T> where T : unmanaged, INumberBase<T>
{
    public static T Gap => T.Zero;

    public static void Combine(Span<T> rows, ReadOnlySpan<T> row) => TensorPrimitives.Add(rows, row, rows);

    public static void Finish(Span<T> rows, long count)
    {
        var n = T.CreateTruncating(count);
        for (var i = 0; i < rows.Length; i++)
            rows[i] /= n;
    }
}
