using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Finds where the best of contiguous elements lies: first its value, then the first place that has it.</summary>
internal static class RowSearch<TPreference, T> where TPreference : struct, IPreference where T : unmanaged, INumber<T>
{
    /// <summary>The index of the first of the best elements; NaN is passed over, and where no element is better than the worst it is 0.</summary>
    internal static nint Find(ref T source, nint count)
    {
        if (Vector512.IsHardwareAccelerated && count >= 2 * Vector512<T>.Count)
            return Find<Lanes512<T>, Vector512<T>>(ref source, count);
        if (Vector256.IsHardwareAccelerated && count >= 2 * Vector256<T>.Count)
            return Find<Lanes256<T>, Vector256<T>>(ref source, count);
        return Find<ScalarLanes<T>, T>(ref source, count);
    }

    private static nint Find<W, V>(ref T source, nint count) where W : struct, INumberLanes<V, T>
    {
        var best = Best<W, V>(ref source, count);
        if (best == TPreference.Worst<T>())
            return 0;
        var wanted = W.Broadcast(best);
        nint i = 0;
        for (; i + W.Count <= count; i += W.Count)
        {
            var found = W.MaskBits(W.Equal(W.Load(ref source, i), wanted));
            if (found != 0)
                return i + BitOperations.TrailingZeroCount(found);
        }
        for (; i < count; i++)
        {
            if (Unsafe.Add(ref source, i) == best)
                return i;
        }
        return 0;
    }

    private static T Best<W, V>(ref T source, nint count) where W : struct, INumberLanes<V, T>
    {
        var best = TPreference.Worst<T>();
        var first = W.Broadcast(best);
        var second = first;
        nint i = 0;
        for (; i + 2 * W.Count <= count; i += 2 * W.Count)
        {
            var (x, y) = (W.Load(ref source, i), W.Load(ref source, i + W.Count));
            first = W.Select(TPreference.IsBetter<W, V, T>(x, first), x, first);
            second = W.Select(TPreference.IsBetter<W, V, T>(y, second), y, second);
        }
        first = W.Select(TPreference.IsBetter<W, V, T>(second, first), second, first);
        for (var lane = 0; lane < W.Count; lane++)
        {
            if (TPreference.IsBetter(W.Element(first, lane), best))
                best = W.Element(first, lane);
        }
        for (; i < count; i++)
        {
            if (TPreference.IsBetter(Unsafe.Add(ref source, i), best))
                best = Unsafe.Add(ref source, i);
        }
        return best;
    }
}
