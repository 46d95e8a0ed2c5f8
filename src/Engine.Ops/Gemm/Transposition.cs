namespace Engine.Ops.Gemm;

/// <summary>Copies a matrix to its transpose.</summary>
internal static unsafe class Transposition
{
    /// <summary>target[j, i] = source[i, j], in strips that keep the lines of both in the cache; target is dense.</summary>
    public static void Copy<T>(T* source, long rows, long columns, long rowStride, T* target)
        where T : unmanaged
    {
        const long Strip = 16;
        int width = checked((int)rows);
        for (long j = 0; j < columns; j += Strip)
        {
            long count = Math.Min(Strip, columns - j);
            PanelPacking.Pack(new MatrixView<T>(source + j, rowStride, 1), 0, width, 0, count, target + (j * rows), width);
        }
    }
}
