using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Pooling;

/// <summary>
/// The largest element of each window. It starts from the lowest finite number and takes what is larger: so NaN never wins, and a window
/// of nothing but -inf gives the lowest finite number, as in TensorFlow.
/// </summary>
internal readonly unsafe struct MaxPooling<T>(PoolingGeometry g, T* input, T* output) : IRangeBody
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    /// <summary>Computes the pooling; buffers must have the geometry's sizes.</summary>
    public static void Forward(PoolingGeometry g, T* input, T* output, WorkerTeam? team)
    {
        if (NarrowFloats.Is<T>())
        {
            // Widening is exact, and the lowest number must be that of the narrow type.
            using Scratch<float> x = new(g.InputCount), y = new(g.OutputCount);
            NarrowFloats.Widen(input, x.Pointer, g.InputCount);
            MaxPooling<float>.Forward(g, x.Pointer, y.Pointer, team);
            float lowest = float.CreateTruncating(T.MinValue);
            for (long i = 0; i < g.OutputCount; i++)
                y.Pointer[i] = Math.Max(y.Pointer[i], lowest);
            NarrowFloats.Narrow(y.Pointer, output, g.OutputCount);
            return;
        }

        if (typeof(T) == typeof(float))
        {
            FloatPooling<MaxPoolingStep>.Forward(g, (float*)input, (float*)output, team);
            return;
        }

        var body = new MaxPooling<T>(g, input, output);
        long pixels = g.Batch * g.OutputPixels;
        if (team is null)
            body.Invoke(0, pixels);
        else
            team.Run(pixels, Math.Max(1, g.Channels * g.Depth.Filter * g.Height.Filter * g.Width.Filter / 4), ref body);
    }

    /// <summary>Computes output pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(long start, long end)
    {
        long channels = g.Channels;
        for (long pixel = start; pixel < end; pixel++)
        {
            PoolingWindow window = g.Window(pixel);
            long lines = window.TotalLines;
            long length = window.LineLength;
            T* to = output + (pixel * channels);
            long c = 0;
            if (Vector.IsHardwareAccelerated && Vector<T>.IsSupported)
            {
                for (; c + (2 * Vector<T>.Count) <= channels; c += 2 * Vector<T>.Count)
                {
                    var best0 = new Vector<T>(T.MinValue);
                    var best1 = best0;
                    for (long line = 0; line < lines; line++)
                    {
                        T* from = input + (window.Line(line) * channels) + c;
                        for (long x = 0; x < length; x++)
                        {
                            best0 = Larger(Vector.Load(from), best0);
                            best1 = Larger(Vector.Load(from + Vector<T>.Count), best1);
                            from += channels;
                        }
                    }

                    Vector.Store(best0, to + c);
                    Vector.Store(best1, to + c + Vector<T>.Count);
                }
            }

            for (; c < channels; c++)
            {
                T best = T.MinValue;
                for (long line = 0; line < lines; line++)
                {
                    T* from = input + (window.Line(line) * channels) + c;
                    for (long x = 0; x < length; x++)
                        best = from[x * channels] > best ? from[x * channels] : best;
                }

                to[c] = best;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Larger(Vector<T> x, Vector<T> best) => Vector.ConditionalSelect(Vector.GreaterThan(x, best), x, best);
}
