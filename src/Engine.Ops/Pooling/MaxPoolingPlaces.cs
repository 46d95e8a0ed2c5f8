using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Runtime;

namespace Engine.Ops.Pooling;

/// <summary>Where the largest element of each window is: the first that equals the pooled value, in the order of memory.</summary>
internal readonly unsafe struct MaxPoolingPlaces<T>(PoolingGeometry g, T* input, T* pooled, long* places) : IRangeBody
    where T : unmanaged, INumber<T>
{
    /// <summary>Writes the index in the input of each output element's origin; -1 where no element has the pooled value.</summary>
    public static void Find(PoolingGeometry g, T* input, T* pooled, long* places, WorkerTeam? team)
    {
        var body = new MaxPoolingPlaces<T>(g, input, pooled, places);
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
            T* wanted = pooled + (pixel * channels);
            new Span<long>(to, checked((int)channels)).Fill(-1);
            for (long line = 0; line < window.TotalLines; line++)
            {
                long from = window.Line(line) * channels;
                for (long x = 0; x < window.LineLength; x++)
                {
                    for (long c = 0; c < channels; c++)
                    {
                        if (to[c] < 0 && input[from + c] == wanted[c])
                            to[c] = from + c;
                    }

                    from += channels;
                }
            }
        }
    }
}
