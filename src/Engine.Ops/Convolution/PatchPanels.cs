using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>Panels of the patch matrix: packed straight from the images, so that the matrix never exists.</summary>
internal readonly unsafe struct PatchPanels<T>(PatchGrid<T> patches) : IPanelSource<T>
    where T : unmanaged
{
    private const int MaximumRows = 8;

    private readonly PatchGrid<T> _patches = patches;

    public bool TryView(out MatrixView<T> view)
    {
        view = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(long row, int rows, long k, long count, T* panel)
    {
        T** images = stackalloc T*[MaximumRows];
        T** starts = stackalloc T*[MaximumRows];
        Triple* pixels = stackalloc Triple[MaximumRows];
        for (int i = 0; i < rows; i++)
            images[i] = _patches.Point(row + i, out pixels[i]);

        // Room for runs that cross the border, and one that is outside.
        const int Longest = (int)PackedMatrix<float>.BlockDepth;
        T* border = stackalloc T[(MaximumRows + 1) * Longest];
        T* zeros = border + (MaximumRows * Longest);
        new Span<T>(zeros, Longest).Clear();

        long runLength = _patches.RunLength;
        long channels = _patches.Channels;
        int run = (int)(k / runLength);
        long skip = k % runLength;
        while (count > 0)
        {
            long length = Math.Min(runLength - skip, count);
            for (int i = 0; i < rows; i++)
            {
                T* start = _patches.Run(images[i], pixels[i], run, out long first, out long end);
                if (first == 0 && end == _patches.RunPixels)
                    starts[i] = start + skip;
                else if (first == end)
                    starts[i] = zeros;
                else
                    starts[i] = CopyInside(start, first * channels, end * channels, skip, length, border + (i * Longest));
            }

            int r = 0;
            for (; r + 4 <= rows; r += 4)
                PanelPacking.PackFour(starts[r], starts[r + 1], starts[r + 2], starts[r + 3], length, panel + r, rows);
            for (; r < rows; r++)
            {
                T* from = starts[r];
                T* to = panel + r;
                for (long p = 0; p < length; p++)
                    to[p * rows] = from[p];
            }

            panel += length * rows;
            count -= length;
            skip = 0;
            run++;
        }
    }

    /// <summary>The elements [skip, skip + length) of a run of which only [first, end) lie inside.</summary>
    private static T* CopyInside(T* start, long first, long end, long skip, long length, T* buffer)
    {
        var copy = new Span<T>(buffer, (int)length);
        copy.Clear();
        first = Math.Clamp(first, skip, skip + length);
        end = Math.Clamp(end, first, skip + length);
        new ReadOnlySpan<T>(start + first, (int)(end - first)).CopyTo(copy[(int)(first - skip)..]);
        return buffer;
    }
}
