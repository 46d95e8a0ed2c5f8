using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Tensors;

namespace Engine.Ops.Gemm;

/// <summary>Between the 16-bit floats and the float32 in which their kernels compute.</summary>
internal static unsafe class NarrowFloats
{
    /// <summary>Whether <typeparamref name="T"/> is a 16-bit float.</summary>
    public static bool Is<T>() => typeof(T) == typeof(Half) || typeof(T) == typeof(BFloat16);

    /// <summary>Widens <paramref name="count"/> numbers.</summary>
    public static void Widen<T>(T* source, float* destination, long count)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half))
        {
            for (long at = 0; at < count; at += int.MaxValue)
            {
                int length = (int)Math.Min(int.MaxValue, count - at);
                TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>((Half*)source + at, length), new Span<float>(destination + at, length));
            }

            return;
        }

        // A bfloat16 is the upper half of a float32: a plain loop that the compiler cannot get wrong.
        var bits = (ushort*)source;
        for (long i = 0; i < count; i++)
            ((uint*)destination)[i] = (uint)bits[i] << 16;
    }

    /// <summary>Rounds <paramref name="count"/> numbers to the nearest, ties to even.</summary>
    public static void Narrow<T>(float* source, T* destination, long count)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Half))
        {
            for (long at = 0; at < count; at += int.MaxValue)
            {
                int length = (int)Math.Min(int.MaxValue, count - at);
                TensorPrimitives.ConvertToHalf(new ReadOnlySpan<float>(source + at, length), new Span<Half>((Half*)destination + at, length));
            }

            return;
        }

        for (long i = 0; i < count; i++)
            ((BFloat16*)destination)[i] = (BFloat16)source[i];
    }
}
