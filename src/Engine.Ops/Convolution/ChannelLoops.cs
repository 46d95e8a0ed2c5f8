using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>Element-wise steps over the channels of a pixel.</summary>
internal static unsafe class ChannelLoops
{
    /// <summary>sum += x * y.</summary>
    public static void MultiplyAdd<T>(T* x, T* y, T* sum, long count)
        where T : unmanaged, INumberBase<T>
    {
        long i = 0;
        if (Vector.IsHardwareAccelerated && Vector<T>.IsSupported)
        {
            for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
                Vector.Store((Vector.Load(x + i) * Vector.Load(y + i)) + Vector.Load(sum + i), sum + i);
        }

        for (; i < count; i++)
            sum[i] = unchecked((x[i] * y[i]) + sum[i]);
    }

    /// <summary>Repeats each channel <paramref name="times"/> times.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Scratch<T> Repeat<T>(T* source, long count, long times)
        where T : unmanaged
    {
        var copy = new Scratch<T>(count * times);
        T* to = copy.Pointer;
        for (long i = 0; i < count; i++)
        {
            for (long j = 0; j < times; j++)
                *to++ = source[i];
        }

        return copy;
    }

    /// <summary>Sums each run of <paramref name="times"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumRuns<T>(T* source, T* destination, long count, long times)
        where T : unmanaged, INumberBase<T>
    {
        for (long i = 0; i < count; i++)
        {
            T sum = T.Zero;
            for (long j = 0; j < times; j++)
                sum += *source++;
            destination[i] = sum;
        }
    }
}
