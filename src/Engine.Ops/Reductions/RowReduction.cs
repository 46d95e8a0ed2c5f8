using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Reduces contiguous elements to one: halves of long runs separately, so that rounding errors of sums grow with the logarithm of their length.</summary>
internal readonly struct RowReduction<TReduction, T> where TReduction : struct, IReduction where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private const long Leaf = 1024;

    internal static T Run(ref T source, long count, bool enter)
    {
        if (count <= Leaf)
            return enter ? RunLeaf<Entered>(ref source, (nint)count) : RunLeaf<Plain>(ref source, (nint)count);
        var half = (count / 2 + Leaf - 1) / Leaf * Leaf;
        var first = Run(ref source, half, enter);
        var second = Run(ref Unsafe.Add(ref source, (nint)half), count - half, enter);
        return TReduction.Combine<ScalarLanes<T>, T, T>(first, second);
    }

    private static T RunLeaf<TEntry>(ref T source, nint count) where TEntry : struct, IEntry
    {
        nint i = 0;
        var result = TReduction.Identity<T>();
        if (Vector512.IsHardwareAccelerated && count >= Vector512<T>.Count)
            result = Fold(Accumulate<TEntry, Lanes512<T>, Vector512<T>>(ref source, ref i, count));
        else if (Vector256.IsHardwareAccelerated && count >= Vector256<T>.Count)
            result = Fold(Accumulate<TEntry, Lanes256<T>, Vector256<T>>(ref source, ref i, count));
        else if (Vector128.IsHardwareAccelerated && count >= Vector128<T>.Count)
            result = Fold(Accumulate<TEntry, Lanes128<T>, Vector128<T>>(ref source, ref i, count));
        for (; i < count; i++)
            result = TReduction.Combine<ScalarLanes<T>, T, T>(result, TEntry.Enter<ScalarLanes<T>, T>(Unsafe.Add(ref source, i)));
        return result;
    }

    // Four registers, so that one operation need not wait for the one before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Accumulate<TEntry, W, V>(ref T source, ref nint i, nint count) where TEntry : struct, IEntry where W : struct, INumberLanes<V, T>
    {
        var a = TEntry.Enter<W, V>(W.Load(ref source, 0));
        i = W.Count;
        if (i + 3 * W.Count <= count)
        {
            var b = TEntry.Enter<W, V>(W.Load(ref source, i));
            var c = TEntry.Enter<W, V>(W.Load(ref source, i + W.Count));
            var d = TEntry.Enter<W, V>(W.Load(ref source, i + 2 * W.Count));
            for (i += 3 * W.Count; i + 4 * W.Count <= count; i += 4 * W.Count)
            {
                a = TReduction.Combine<W, V, T>(a, TEntry.Enter<W, V>(W.Load(ref source, i)));
                b = TReduction.Combine<W, V, T>(b, TEntry.Enter<W, V>(W.Load(ref source, i + W.Count)));
                c = TReduction.Combine<W, V, T>(c, TEntry.Enter<W, V>(W.Load(ref source, i + 2 * W.Count)));
                d = TReduction.Combine<W, V, T>(d, TEntry.Enter<W, V>(W.Load(ref source, i + 3 * W.Count)));
            }
            a = TReduction.Combine<W, V, T>(TReduction.Combine<W, V, T>(a, b), TReduction.Combine<W, V, T>(c, d));
        }
        for (; i + W.Count <= count; i += W.Count)
            a = TReduction.Combine<W, V, T>(a, TEntry.Enter<W, V>(W.Load(ref source, i)));
        return a;
    }

    private static T Fold(Vector512<T> x) => Fold(TReduction.Combine<Lanes256<T>, Vector256<T>, T>(x.GetLower(), x.GetUpper()));

    private static T Fold(Vector256<T> x) => Fold(TReduction.Combine<Lanes128<T>, Vector128<T>, T>(x.GetLower(), x.GetUpper()));

    private static T Fold(Vector128<T> x)
    {
        var result = x.ToScalar();
        for (var i = 1; i < Vector128<T>.Count; i++)
            result = TReduction.Combine<ScalarLanes<T>, T, T>(result, x.GetElement(i));
        return result;
    }

    private interface IEntry
    {
        static abstract V Enter<W, V>(V x) where W : struct, INumberLanes<V, T>;
    }

    private readonly struct Entered : IEntry
    {
        public static V Enter<W, V>(V x) where W : struct, INumberLanes<V, T> => TReduction.Enter<W, V, T>(x);
    }

    private readonly struct Plain : IEntry
    {
        public static V Enter<W, V>(V x) where W : struct, INumberLanes<V, T> => x;
    }
}
