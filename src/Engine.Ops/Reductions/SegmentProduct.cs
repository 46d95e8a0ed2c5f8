using System.Numerics;
using System.Numerics.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>The product of a segment's rows.</summary>
internal readonly struct SegmentProduct<T> : ISegmentReduction<T> where T : unmanaged, INumberBase<T>
{
    public static T Gap => T.One;

    public static T Empty => T.One;

    public static void Combine(Span<T> rows, ReadOnlySpan<T> row) => TensorPrimitives.Multiply(rows, row, rows);
}
