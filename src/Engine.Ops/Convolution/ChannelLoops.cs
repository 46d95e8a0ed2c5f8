using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        long i = 0;
        if (sizeof(T) == sizeof(uint) && times == 2 && Vector.IsHardwareAccelerated)
        {
            for (; i + Vector<uint>.Count <= count; i += Vector<uint>.Count, to += 2 * Vector<uint>.Count)
            {
                Vector.Widen(Vector.Load((uint*)source + i), out Vector<ulong> low, out Vector<ulong> high);
                Vector.Store(low | Vector.ShiftLeft(low, 32), (ulong*)to);
                Vector.Store(high | Vector.ShiftLeft(high, 32), (ulong*)to + Vector<ulong>.Count);
            }
        }
        else if (sizeof(T) == sizeof(uint) && times >= Vector128<uint>.Count)
        {
            for (; i < count; i++, to += times)
            {
                Vector128<uint> value = Vector128.Create(((uint*)source)[i]);
                for (long j = 0; j + Vector128<uint>.Count <= times; j += Vector128<uint>.Count)
                    value.Store((uint*)to + j);
                value.Store((uint*)to + times - Vector128<uint>.Count);
            }
        }

        for (; i < count; i++)
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
