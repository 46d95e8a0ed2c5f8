using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Ops.Gemm;

/// <summary>Copies rows of a matrix into a panel, where the elements of one column lie side by side.</summary>
internal static unsafe class PanelPacking
{
    /// <summary>panel[p * width + i] = matrix[row + i, k + p] for i below <paramref name="rows"/>, 0 up to <paramref name="width"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<T>(in MatrixView<T> matrix, long row, int rows, long k, long count, T* panel, int width)
        where T : unmanaged
    {
        T* source = matrix.At(row, k);
        long rowStride = matrix.RowStride;
        long columnStride = matrix.ColumnStride;
        if (rows < width)
            new Span<T>(panel, checked((int)(count * width))).Clear();
        if (rowStride == 1)
        {
            for (long p = 0; p < count; p++)
                CopyRun(source + (p * columnStride), panel + (p * width), rows);
            return;
        }

        int i = 0;
        if (columnStride == 1)
        {
            for (; i + 4 <= rows; i += 4)
            {
                T* first = source + (i * rowStride);
                PackFour(first, first + rowStride, first + (2 * rowStride), first + (3 * rowStride), count, panel + i, width);
            }
        }

        for (; i < rows; i++)
        {
            T* from = source + (i * rowStride);
            T* to = panel + i;
            for (long p = 0; p < count; p++)
            {
                *to = *from;
                from += columnStride;
                to += width;
            }
        }
    }

    /// <summary>Four rows of adjacent elements become four adjacent columns of the panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackFour<T>(T* r0, T* r1, T* r2, T* r3, long count, T* panel, int width)
        where T : unmanaged
    {
        long p = 0;
        if (Sse.IsSupported && sizeof(T) == 4)
        {
            for (; p + 4 <= count; p += 4)
            {
                Vector128<float> a = Vector128.Load((float*)(r0 + p));
                Vector128<float> b = Vector128.Load((float*)(r1 + p));
                Vector128<float> c = Vector128.Load((float*)(r2 + p));
                Vector128<float> d = Vector128.Load((float*)(r3 + p));
                Vector128<float> abLow = Sse.UnpackLow(a, b);
                Vector128<float> abHigh = Sse.UnpackHigh(a, b);
                Vector128<float> cdLow = Sse.UnpackLow(c, d);
                Vector128<float> cdHigh = Sse.UnpackHigh(c, d);
                Sse.MoveLowToHigh(abLow, cdLow).Store((float*)panel);
                Sse.MoveHighToLow(cdLow, abLow).Store((float*)(panel + width));
                Sse.MoveLowToHigh(abHigh, cdHigh).Store((float*)(panel + (2 * width)));
                Sse.MoveHighToLow(cdHigh, abHigh).Store((float*)(panel + (3 * width)));
                panel += 4 * width;
            }
        }

        if (Sse2.IsSupported && sizeof(T) == 8)
        {
            for (; p + 2 <= count; p += 2)
            {
                Vector128<double> a = Vector128.Load((double*)(r0 + p));
                Vector128<double> b = Vector128.Load((double*)(r1 + p));
                Vector128<double> c = Vector128.Load((double*)(r2 + p));
                Vector128<double> d = Vector128.Load((double*)(r3 + p));
                Sse2.UnpackLow(a, b).Store((double*)panel);
                Sse2.UnpackLow(c, d).Store((double*)(panel + 2));
                Sse2.UnpackHigh(a, b).Store((double*)(panel + width));
                Sse2.UnpackHigh(c, d).Store((double*)(panel + width + 2));
                panel += 2 * width;
            }
        }

        for (; p < count; p++)
        {
            panel[0] = r0[p];
            panel[1] = r1[p];
            panel[2] = r2[p];
            panel[3] = r3[p];
            panel += width;
        }
    }

    /// <summary>Copies a few elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyRun<T>(T* from, T* to, int count)
        where T : unmanaged
    {
        int i = 0;
        int perVector = 16 / sizeof(T);
        for (; i + perVector <= count; i += perVector)
            Vector128.Load((byte*)(from + i)).Store((byte*)(to + i));
        for (; i < count; i++)
            to[i] = from[i];
    }
}
