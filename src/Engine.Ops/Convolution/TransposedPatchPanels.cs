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
        for (long p = 0; p < count; p++)
        {
            T* image = _patches.Point(k + p, out Triple pixel);
            int run = (int)(row / runLength);
            long skip = row % runLength;
            for (int i = 0; i < rows;)
            {
                int length = (int)Math.Min(runLength - skip, rows - i);
                T* start = _patches.Run(image, pixel, run, out long first, out long end);
                first *= channels;
                end *= channels;
                for (int e = 0; e < length; e++)
                {
                    long element = skip + e;
                    panel[i + e] = element >= first && element < end ? start[element] : default;
                }

                i += length;
                skip = 0;
                run++;
            }

            panel += rows;
        }
    }
}
