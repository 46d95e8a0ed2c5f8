using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Pooling;

/// <summary>Where the largest element of each window is: the first of equal ones, in the order of memory. A leading NaN stays.</summary>
internal readonly unsafe struct MaxPoolingPlaces<T>(PoolingGeometry g, T* input, long* places) : IRangeBody
    where T : unmanaged, INumber<T>
{
    /// <summary>Writes the index in the input of each output element's origin; -1 for a window without elements.</summary>
    public static void Find(PoolingGeometry g, T* input, long* places, WorkerTeam? team)
    {
        var body = new MaxPoolingPlaces<T>(g, input, places);
        long pixels = g.Batch * g.OutputPixels;
        if (team is null)
            body.Invoke(0, pixels);
        else
            team.Run(pixels, Math.Max(1, g.Channels * g.Depth.Filter * g.Height.Filter * g.Width.Filter), ref body);
    }

    /// <summary>Finds the places for output pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(long start, long end)
    {
        long channels = g.Channels;
        for (long pixel = start; pixel < end; pixel++)
        {
            PoolingWindow window = g.Window(pixel);
            long* to = places + (pixel * channels);
            new Span<long>(to, checked((int)channels)).Fill(-1);
            for (long line = 0; line < window.TotalLines; line++)
            {
                long from = window.Line(line) * channels;
                for (long x = 0; x < window.LineLength; x++)
                {
                    for (long c = 0; c < channels; c++)
                    {
                        if (to[c] < 0 || input[from + c] > input[to[c]])
                            to[c] = from + c;
                    }

                    from += channels;
                }
            }
        }
    }
}
