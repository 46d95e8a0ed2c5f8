using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Engine.Ops.Reductions;

/// <summary>The largest of a segment's rows.</summary>
internal readonly struct SegmentLargest<T> : ISegmentReduction<T> where T : unmanaged, INumber<T>
{
    public static T Gap => T.Zero;

    public static T Empty => Limit(float.MinValue, double.MinValue, long.MinValue);

    public static void Combine(Span<T> rows, ReadOnlySpan<T> row) => TensorPrimitives.Max(rows, row, rows);

    internal static T Limit(float single, double whole, Int128 integer) => typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>(single)
        : typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(whole) : T.CreateSaturating(integer);
}
