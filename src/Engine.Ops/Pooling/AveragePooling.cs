using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Pooling;

/// <summary>The mean of each window's elements, those outside the input not counted.</summary>
internal readonly unsafe struct AveragePooling<T>(PoolingGeometry g, T* input, T* output) : IRangeBody
    where T : unmanaged, INumber<T>
{
    /// <summary>Computes the pooling; 16-bit floats are summed in float32. Buffers must have the geometry's sizes.</summary>
    public static void Forward(PoolingGeometry g, T* input, T* output, WorkerTeam? team)
    {
        if (NarrowFloats.Is<T>())
        {
            using Scratch<float> x = new(g.InputCount), y = new(g.OutputCount);
            NarrowFloats.Widen(input, x.Pointer, g.InputCount);
            AveragePooling<float>.Forward(g, x.Pointer, y.Pointer, team);
            NarrowFloats.Narrow(y.Pointer, output, g.OutputCount);
            return;
        }

        if (typeof(T) == typeof(float))
        {
            FloatPooling<AveragePoolingStep>.Forward(g, (float*)input, (float*)output, team);
            return;
        }

        var body = new AveragePooling<T>(g, input, output);
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
            T count = T.CreateTruncating(window.Count);
            T* to = output + (pixel * channels);
            long c = 0;
            if (Vector.IsHardwareAccelerated && Vector<T>.IsSupported)
            {
                var divisor = new Vector<T>(count);
                for (; c + (2 * Vector<T>.Count) <= channels; c += 2 * Vector<T>.Count)
                {
                    Vector<T> sum0 = Vector<T>.Zero;
                    Vector<T> sum1 = Vector<T>.Zero;
                    for (long line = 0; line < lines; line++)
                    {
                        T* from = input + (window.Line(line) * channels) + c;
                        for (long x = 0; x < length; x++)
                        {
                            sum0 += Vector.Load(from);
                            sum1 += Vector.Load(from + Vector<T>.Count);
                            from += channels;
                        }
                    }

                    Vector.Store(sum0 / divisor, to + c);
                    Vector.Store(sum1 / divisor, to + c + Vector<T>.Count);
                }
            }

            for (; c < channels; c++)
            {
                T sum = T.Zero;
                for (long line = 0; line < lines; line++)
                {
                    T* from = input + (window.Line(line) * channels) + c;
                    for (long x = 0; x < length; x++)
                        sum += from[x * channels];
                }

                to[c] = sum / count;
            }
        }
    }
}
