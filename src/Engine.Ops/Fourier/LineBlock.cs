using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Engine.Ops.Arrays;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;

namespace Engine.Ops.Fourier;

/// <summary>
/// Lines of an array to and from vectors with a line in each lane. Lines are rows of adjacent numbers (of complex lines, real and imaginary parts in turn), or
/// columns of complex numbers of which those of one position are adjacent.
/// </summary>
internal static unsafe class LineBlock<T> where T : unmanaged
{
    /// <summary>Reads <paramref name="count"/> rows of <paramref name="width"/> numbers; lanes without a row become zero.</summary>
    internal static void LoadRows(T* source, long stride, long width, int count, T* x, int lanes)
    {
        if (lanes == 1)
        {
            new ReadOnlySpan<T>(source, checked((int)width)).CopyTo(new Span<T>(x, (int)width));
            return;
        }
        if (count < lanes)
            new Span<T>(x, checked((int)(width * lanes))).Clear();
        if (sizeof(T) == 4 && count == 16 && lanes == 16)
        {
            MatrixTranspose.Run(ref *(uint*)source, ref *(uint*)x, (nint)width, 16, (nint)(stride * sizeof(T)), lanes * sizeof(T));
            return;
        }
        int i = 0;
        for (; i + 4 <= count; i += 4)
            PanelPacking.PackFour(source + i * stride, source + (i + 1) * stride, source + (i + 2) * stride, source + (i + 3) * stride, width, x + i, lanes);
        for (; i < count; i++)
        {
            T* row = source + i * stride;
            for (long k = 0; k < width; k++)
                x[k * lanes + i] = row[k];
        }
    }

    /// <summary>Writes <paramref name="count"/> rows of <paramref name="width"/> numbers.</summary>
    internal static void StoreRows(T* x, T* target, long stride, long width, int count, int lanes)
    {
        if (lanes == 1)
        {
            new ReadOnlySpan<T>(x, checked((int)width)).CopyTo(new Span<T>(target, (int)width));
            return;
        }
        if (sizeof(T) == 4 && count == 16 && lanes == 16)
        {
            MatrixTranspose.Run(ref *(uint*)x, ref *(uint*)target, 16, (nint)width, lanes * sizeof(T), (nint)(stride * sizeof(T)));
            return;
        }
        int i = 0;
        for (; i + 4 <= count; i += 4)
            UnpackFour(x + i, lanes, width, target + i * stride, target + (i + 1) * stride, target + (i + 2) * stride, target + (i + 3) * stride);
        for (; i < count; i++)
        {
            T* row = target + i * stride;
            for (long k = 0; k < width; k++)
                row[k] = x[k * lanes + i];
        }
    }

    /// <summary>Reads <paramref name="count"/> columns of complex numbers; lanes without a column become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void LoadColumns<W, V>(T* source, long stride, long rows, int count, T* x) where W : struct, IFloatLanes<V, T>
    {
        int lanes = W.Count;
        if (count < lanes)
            new Span<T>(x, checked((int)(2 * rows * lanes))).Clear();
        for (long k = 0; k < rows; k++, source += stride, x += 2 * lanes)
        {
            int i = 0;
            if (Sse2.IsSupported && sizeof(T) == 4)
            {
                for (; i + 4 <= count; i += 4)
                {
                    Vector128<float> a = Vector128.Load((float*)(source + 2 * i)), b = Vector128.Load((float*)(source + 2 * i + 4));
                    Sse.Shuffle(a, b, 0x88).Store((float*)(x + i));
                    Sse.Shuffle(a, b, 0xDD).Store((float*)(x + lanes + i));
                }
            }
            if (Sse2.IsSupported && sizeof(T) == 8)
            {
                for (; i + 2 <= count; i += 2)
                {
                    Vector128<double> a = Vector128.Load((double*)(source + 2 * i)), b = Vector128.Load((double*)(source + 2 * i + 2));
                    Sse2.UnpackLow(a, b).Store((double*)(x + i));
                    Sse2.UnpackHigh(a, b).Store((double*)(x + lanes + i));
                }
            }
            for (; i < count; i++)
            {
                x[i] = source[2 * i];
                x[lanes + i] = source[2 * i + 1];
            }
        }
    }

    /// <summary>Writes <paramref name="count"/> columns of complex numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void StoreColumns<W, V>(T* x, T* target, long stride, long rows, int count) where W : struct, IFloatLanes<V, T>
    {
        int lanes = W.Count;
        for (long k = 0; k < rows; k++, target += stride, x += 2 * lanes)
        {
            int i = 0;
            if (Sse2.IsSupported && sizeof(T) == 4)
            {
                for (; i + 4 <= count; i += 4)
                {
                    Vector128<float> a = Vector128.Load((float*)(x + i)), b = Vector128.Load((float*)(x + lanes + i));
                    Sse.UnpackLow(a, b).Store((float*)(target + 2 * i));
                    Sse.UnpackHigh(a, b).Store((float*)(target + 2 * i + 4));
                }
            }
            if (Sse2.IsSupported && sizeof(T) == 8)
            {
                for (; i + 2 <= count; i += 2)
                {
                    Vector128<double> a = Vector128.Load((double*)(x + i)), b = Vector128.Load((double*)(x + lanes + i));
                    Sse2.UnpackLow(a, b).Store((double*)(target + 2 * i));
                    Sse2.UnpackHigh(a, b).Store((double*)(target + 2 * i + 2));
                }
            }
            for (; i < count; i++)
            {
                target[2 * i] = x[i];
                target[2 * i + 1] = x[lanes + i];
            }
        }
    }

    /// <summary>Four adjacent lanes become four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UnpackFour(T* x, int lanes, long width, T* r0, T* r1, T* r2, T* r3)
    {
        long k = 0;
        if (Sse.IsSupported && sizeof(T) == 4)
        {
            for (; k + 4 <= width; k += 4, x += 4 * lanes)
            {
                Vector128<float> a = Vector128.Load((float*)x), b = Vector128.Load((float*)(x + lanes));
                Vector128<float> c = Vector128.Load((float*)(x + 2 * lanes)), d = Vector128.Load((float*)(x + 3 * lanes));
                Vector128<float> abLow = Sse.UnpackLow(a, b), abHigh = Sse.UnpackHigh(a, b), cdLow = Sse.UnpackLow(c, d), cdHigh = Sse.UnpackHigh(c, d);
                Sse.MoveLowToHigh(abLow, cdLow).Store((float*)(r0 + k));
                Sse.MoveHighToLow(cdLow, abLow).Store((float*)(r1 + k));
                Sse.MoveLowToHigh(abHigh, cdHigh).Store((float*)(r2 + k));
                Sse.MoveHighToLow(cdHigh, abHigh).Store((float*)(r3 + k));
            }
        }
        if (Sse2.IsSupported && sizeof(T) == 8)
        {
            for (; k + 2 <= width; k += 2, x += 2 * lanes)
            {
                Vector128<double> ab = Vector128.Load((double*)x), cd = Vector128.Load((double*)(x + 2));
                Vector128<double> ab2 = Vector128.Load((double*)(x + lanes)), cd2 = Vector128.Load((double*)(x + lanes + 2));
                Sse2.UnpackLow(ab, ab2).Store((double*)(r0 + k));
                Sse2.UnpackHigh(ab, ab2).Store((double*)(r1 + k));
                Sse2.UnpackLow(cd, cd2).Store((double*)(r2 + k));
                Sse2.UnpackHigh(cd, cd2).Store((double*)(r3 + k));
            }
        }
        for (; k < width; k++, x += lanes)
            (r0[k], r1[k], r2[k], r3[k]) = (x[0], x[1], x[2], x[3]);
    }
}
