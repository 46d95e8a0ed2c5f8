using System.Runtime.CompilerServices;
using Engine.Ops.Convolution;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Pooling;

/// <summary>The pooling of floats, pixel by pixel over vectors of channels. Lines, planes and windows are stepped through without a division.</summary>
internal unsafe struct FloatPooling<TStep> : IFloatAction, IRangeBody
    where TStep : struct, IPoolingStep
{
    private readonly PoolingGeometry _g;
    private readonly float* _input;
    private readonly float* _output;
    private readonly WorkerTeam? _team;
    private delegate*<ref FloatPooling<TStep>, long, long, void> _pixels;

    private FloatPooling(PoolingGeometry g, float* input, float* output, WorkerTeam? team)
    {
        _g = g;
        _input = input;
        _output = output;
        _team = team;
    }

    /// <summary>Computes the pooling; buffers must have the geometry's sizes.</summary>
    public static void Forward(PoolingGeometry g, float* input, float* output, WorkerTeam? team)
    {
        var body = new FloatPooling<TStep>(g, input, output, team);
        FloatWidth.Invoke(ref body, FloatWidth.CountWithin(g.Channels));
    }

    /// <summary>Splits the work and does it.</summary>
    public void Invoke<W, V>()
        where W : struct, IFloatLanes<V, float>
    {
        _pixels = &Pixels<W, V>;
        long pixels = _g.Batch * _g.OutputPixels;
        if (_team is null)
            Invoke(0, pixels);
        else
            _team.Run(pixels, Math.Max(1, _g.Channels * _g.Depth.Filter * _g.Height.Filter * _g.Width.Filter / W.Count), ref this);
    }

    /// <summary>Computes output pixels.</summary>
    public readonly void Invoke(long start, long end) => _pixels(ref Unsafe.AsRef(in this), start, end);

    private static void Pixels<W, V>(ref FloatPooling<TStep> body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        PoolingGeometry g = body._g;
        long channels = g.Channels, lineLength = g.Width.Output;
        Window window;
        window.Channels = channels;
        window.LineStep = g.Width.Input * channels;
        window.PlaneStep = g.Height.Input * window.LineStep;
        while (start < end)
        {
            long line = start / lineLength, x = start % lineLength;
            long pixels = Math.Min(end - start, lineLength - x);
            long y = line % g.Height.Output, z = line / g.Height.Output % g.Depth.Output, image = line / g.Height.Output / g.Depth.Output;
            (long firstLine, long endLine) = PoolingGeometry.Range(g.Height, y);
            (long firstPlane, long endPlane) = PoolingGeometry.Range(g.Depth, z);
            (window.Lines, window.Planes) = (endLine - firstLine, endPlane - firstPlane);
            float* input = body._input + ((((image * g.Depth.Input) + firstPlane) * window.PlaneStep) + (firstLine * window.LineStep));
            for (long endX = x + pixels; x < endX; x++, start++)
            {
                (long first, long last) = PoolingGeometry.Range(g.Width, x);
                window.Columns = last - first;
                window.Input = input + (first * channels);
                window.Output = body._output + (start * channels);
                Pixel<W, V>(in window);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pixel<W, V>(in Window window)
        where W : struct, IFloatLanes<V, float>
    {
        long channels = window.Channels;
        float count = window.Planes * window.Lines * window.Columns;
        long c = 0;
        for (; c + (4 * W.Count) <= channels; c += 4 * W.Count)
        {
            V a0 = TStep.Start<W, V>(), a1 = a0, a2 = a0, a3 = a0;
            float* plane = window.Input + c;
            for (long z = window.Planes; z > 0; z--, plane += window.PlaneStep)
            {
                float* line = plane;
                for (long y = window.Lines; y > 0; y--, line += window.LineStep)
                {
                    float* from = line;
                    for (long x = window.Columns; x > 0; x--, from += channels)
                    {
                        a0 = TStep.Add<W, V>(W.Load(ref *from, 0), a0);
                        a1 = TStep.Add<W, V>(W.Load(ref *from, W.Count), a1);
                        a2 = TStep.Add<W, V>(W.Load(ref *from, 2 * W.Count), a2);
                        a3 = TStep.Add<W, V>(W.Load(ref *from, 3 * W.Count), a3);
                    }
                }
            }

            float* to = window.Output + c;
            W.Store(TStep.End<W, V>(a0, count), ref *to, 0);
            W.Store(TStep.End<W, V>(a1, count), ref *to, W.Count);
            W.Store(TStep.End<W, V>(a2, count), ref *to, 2 * W.Count);
            W.Store(TStep.End<W, V>(a3, count), ref *to, 3 * W.Count);
        }

        for (; c < channels; c += W.Count)
        {
            // The last vector begins early where channels are not whole vectors.
            long channel = Math.Min(c, channels - W.Count);
            V a = TStep.Start<W, V>();
            float* plane = window.Input + channel;
            for (long z = window.Planes; z > 0; z--, plane += window.PlaneStep)
            {
                float* line = plane;
                for (long y = window.Lines; y > 0; y--, line += window.LineStep)
                {
                    float* from = line;
                    for (long x = window.Columns; x > 0; x--, from += channels)
                        a = TStep.Add<W, V>(W.Load(ref *from, 0), a);
                }
            }

            W.Store(TStep.End<W, V>(a, count), ref window.Output[channel], 0);
        }
    }

    /// <summary>The input under a window and the pixel that it becomes.</summary>
    private struct Window
    {
        public float* Input;
        public float* Output;
        public long Channels;
        public long Planes;
        public long PlaneStep;
        public long Lines;
        public long LineStep;
        public long Columns;
    }
}
