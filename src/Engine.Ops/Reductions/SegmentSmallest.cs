using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>The smallest of a segment's rows.</summary>
internal readonly struct SegmentSmallest<T> : ISegmentReduction<T> where T : unmanaged, INumber<T>
{
    public static T Gap => T.Zero;

    public static T Empty => SegmentLargest<T>.Limit(float.MaxValue, double.MaxValue, ulong.MaxValue);

    public static void Combine(Span<T> rows, ReadOnlySpan<T> row) => TensorPrimitives.Min(rows, row, rows);
}
