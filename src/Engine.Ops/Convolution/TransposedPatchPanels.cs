using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;

namespace Engine.Ops.Convolution;

/// <summary>Panels of the transposed patch matrix: a row is an element of the patches, a column a point of the grid.</summary>
internal readonly unsafe struct TransposedPatchPanels<T>(PatchGrid<T> patches) : IPanelSource<T>
    where T : unmanaged
{
    private readonly PatchGrid<T> _patches = patches;

    public bool TryView(out MatrixView<T> view)
    {
        view = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(long row, int rows, long k, long count, T* panel)
    {
        long runLength = _patches.RunLength;
        long channels = _patches.Channels;
        int firstRun = (int)(row / runLength);
        long firstSkip = row % runLength;
        T* image = _patches.Point(k, out Triple pixel);
        for (long p = 0; p < count; p++)
        {
            int run = firstRun;
            long skip = firstSkip;
            for (int i = 0; i < rows;)
            {
                int length = (int)Math.Min(runLength - skip, rows - i);
                T* start = _patches.Run(image, pixel, run, out long first, out long end);
                if (first == 0 && end == _patches.RunPixels)
                    PanelPacking.CopyRun(start + skip, panel + i, length);
                else
                    CopyInside(start + skip, (first * channels) - skip, (end * channels) - skip, panel + i, length);

                i += length;
                skip = 0;
                run++;
            }

            panel += rows;
            _patches.Next(ref image, ref pixel);
        }
    }

    private static void CopyInside(T* from, long first, long end, T* to, int length)
    {
        for (int i = 0; i < length; i++)
            to[i] = i >= first && i < end ? from[i] : default;
    }
}
