using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Pooling;

/// <summary>The gradient of average pooling: each output's gradient, divided among the elements of its window. An image an item.</summary>
internal readonly unsafe struct AveragePoolingGradient<T>(PoolingGeometry g, T* outputGradient, T* inputGradient) : IRangeBody
    where T : unmanaged, INumber<T>
{
    /// <summary>Computes the gradient of the input.</summary>
    public static void Compute(PoolingGeometry g, T* outputGradient, T* inputGradient, WorkerTeam? team)
    {
        if (NarrowFloats.Is<T>())
        {
            using Scratch<float> x = new(g.InputCount), y = new(g.OutputCount);
            NarrowFloats.Widen(outputGradient, y.Pointer, g.OutputCount);
            AveragePoolingGradient<float>.Compute(g, y.Pointer, x.Pointer, team);
            NarrowFloats.Narrow(x.Pointer, inputGradient, g.InputCount);
            return;
        }

        var body = new AveragePoolingGradient<T>(g, outputGradient, inputGradient);
        if (team is null)
            body.Invoke(0, g.Batch);
        else
            team.Run(g.Batch, Math.Max(1, g.OutputPixels * g.Channels), ref body);
    }

    /// <summary>Computes images.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(long start, long end)
    {
        long channels = g.Channels;
        long imageSize = g.Batch == 0 ? 0 : g.InputCount / g.Batch;
        for (long i = start * imageSize; i < end * imageSize; i++)
            inputGradient[i] = T.Zero;
        for (long pixel = start * g.OutputPixels; pixel < end * g.OutputPixels; pixel++)
        {
            PoolingWindow window = g.Window(pixel);
            T count = T.CreateTruncating(window.Count);
            T* from = outputGradient + (pixel * channels);
            for (long line = 0; line < window.TotalLines; line++)
            {
                T* to = inputGradient + (window.Line(line) * channels);
                for (long x = 0; x < window.LineLength; x++)
                {
                    long c = 0;
                    if (Vector.IsHardwareAccelerated && Vector<T>.IsSupported)
                    {
                        var divisor = new Vector<T>(count);
                        for (; c + Vector<T>.Count <= channels; c += Vector<T>.Count)
                            Vector.Store(Vector.Load(to + c) + (Vector.Load(from + c) / divisor), to + c);
                    }

                    for (; c < channels; c++)
                        to[c] += from[c] / count;
                    to += channels;
                }
            }
        }
    }
}
