using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Reduces rows to one row, column by column: halves of many rows separately, as <see cref="RowReduction{TReduction, T}"/> does.</summary>
internal readonly unsafe struct ColumnReduction<TReduction, T> where TReduction : struct, IReduction where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    /// <summary>Columns done at a time: two of these blocks lie on the stack per halving.</summary>
    internal const int Width = 256;

    private const long Leaf = 64;

    /// <summary>Reduces <paramref name="rows"/> rows of <paramref name="width"/> ≤ <see cref="Width"/> columns that lie <paramref name="stride"/> elements apart.</summary>
    [SkipLocalsInit]
    internal static void Run(T* source, long rows, long stride, T* result, int width, bool enter)
    {
        if (rows <= Leaf)
        {
            RunLeaf(source, rows, stride, result, width, enter);
            return;
        }
        var half = rows / 2;
        var second = stackalloc T[Width];
        Run(source, half, stride, result, width, enter);
        Run(source + half * stride, rows - half, stride, second, width, enter);
        for (var i = 0; i < width; i++)
            result[i] = TReduction.Combine<ScalarLanes<T>, T, T>(result[i], second[i]);
    }

    private static void RunLeaf(T* source, long rows, long stride, T* result, int width, bool enter)
    {
        var i = 0;
        if (rows == 0)
        {
            new Span<T>(result, width).Fill(TReduction.Identity<T>());
            return;
        }
        if (Vector512.IsHardwareAccelerated)
            i = Lanes<Lanes512<T>, Vector512<T>>(source, rows, stride, result, i, width, enter);
        if (Vector256.IsHardwareAccelerated)
            i = Lanes<Lanes256<T>, Vector256<T>>(source, rows, stride, result, i, width, enter);
        if (Vector128.IsHardwareAccelerated)
            i = Lanes<Lanes128<T>, Vector128<T>>(source, rows, stride, result, i, width, enter);
        Lanes<ScalarLanes<T>, T>(source, rows, stride, result, i, width, enter);
    }

    private static int Lanes<W, V>(T* source, long rows, long stride, T* result, int i, int width, bool enter) where W : struct, INumberLanes<V, T>
    {
        // Four registers side by side read whole cache lines of every row.
        for (; i + 4 * W.Count <= width; i += 4 * W.Count)
        {
            var p = source + i;
            var a = Enter<W, V>(W.Load(ref *p, 0), enter);
            var b = Enter<W, V>(W.Load(ref *p, W.Count), enter);
            var c = Enter<W, V>(W.Load(ref *p, 2 * W.Count), enter);
            var d = Enter<W, V>(W.Load(ref *p, 3 * W.Count), enter);
            for (var row = 1L; row < rows; row++)
            {
                p += stride;
                a = TReduction.Combine<W, V, T>(a, Enter<W, V>(W.Load(ref *p, 0), enter));
                b = TReduction.Combine<W, V, T>(b, Enter<W, V>(W.Load(ref *p, W.Count), enter));
                c = TReduction.Combine<W, V, T>(c, Enter<W, V>(W.Load(ref *p, 2 * W.Count), enter));
                d = TReduction.Combine<W, V, T>(d, Enter<W, V>(W.Load(ref *p, 3 * W.Count), enter));
            }
            W.Store(a, ref *result, i);
            W.Store(b, ref *result, i + W.Count);
            W.Store(c, ref *result, i + 2 * W.Count);
            W.Store(d, ref *result, i + 3 * W.Count);
        }
        for (; i + W.Count <= width; i += W.Count)
        {
            var p = source + i;
            var a = Enter<W, V>(W.Load(ref *p, 0), enter);
            for (var row = 1L; row < rows; row++)
            {
                p += stride;
                a = TReduction.Combine<W, V, T>(a, Enter<W, V>(W.Load(ref *p, 0), enter));
            }
            W.Store(a, ref *result, i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Enter<W, V>(V x, bool enter) where W : struct, INumberLanes<V, T> => enter ? TReduction.Enter<W, V, T>(x) : x;
}
