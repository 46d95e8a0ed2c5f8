using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>The sum of a segment's rows.</summary>
internal readonly struct SegmentTotal<T> : ISegmentReduction<T> where T : unmanaged, INumberBase<T>
{
    public static T Gap => T.Zero;

    public static T Empty => T.Zero;

    public static void Combine(Span<T> rows, ReadOnlySpan<T> row) => TensorPrimitives.Add(rows, row, rows);
}
