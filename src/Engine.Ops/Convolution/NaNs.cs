using System.Runtime.CompilerServices;
using Engine.Ops.Lanes;

namespace Engine.Ops.Convolution;

/// <summary>Looks for NaN.</summary>
internal static unsafe class NaNs
{
    /// <summary>Whether any of some numbers is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Any<W, V>(float* values, long count)
        where W : struct, IFloatLanes<V, float>
    {
        // NaN stays in a sum; so do infinities of both signs, which are looked at again.
        V sum = W.Zero;
        long i = 0;
        for (; i + W.Count <= count; i += W.Count)
            sum = W.Add(sum, W.Load(ref values[i], 0));
        float rest = 0;
        for (; i < count; i++)
            rest += values[i];
        if (!W.Any(W.IsNaN(sum)) && !float.IsNaN(rest))
            return false;
        for (i = 0; i < count; i++)
        {
            if (float.IsNaN(values[i]))
                return true;
        }

        return false;
    }
}
