using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// A filter of few output channels, packed for several adjacent pixels at once: their results fill a vector, as channels of a convolution whose window covers all of
/// theirs and moves by all of them. What a pixel does not see has zeros.
/// </summary>
internal sealed unsafe class NarrowFilter
{
    private readonly FilterPanels _panels;

    /// <summary>Packs a filter [taps, input channels, output channels] for so many pixels at once.</summary>
    public NarrowFilter(ConvolutionGeometry g, float* filter, long pixels)
    {
        Count = pixels;
        long channels = g.OutputChannels, columns = pixels * channels, size = g.InputChannels * channels, width = Window(g, pixels).Filter;
        long lines = g.Taps / g.Width.Filter, depth = lines * width * g.InputChannels;
        using var weights = new Scratch<float>(depth * columns);
        new Span<float>(weights.Pointer, checked((int)(depth * columns))).Clear();
        for (long row = 0; row < lines * width; row++)
        {
            for (long pixel = 0; pixel < pixels; pixel++)
            {
                long tap = (row % width) - (pixel * g.Width.Stride);
                if (tap < 0 || tap >= g.Width.Filter)
                    continue;
                float* from = filter + (((row / width * g.Width.Filter) + tap) * size);
                float* to = weights.Pointer + (row * g.InputChannels * columns) + (pixel * channels);
                for (long c = 0; c < g.InputChannels; c++, from += channels, to += columns)
                    PanelPacking.CopyRun(from, to, (int)channels);
            }
        }

        _panels = new FilterPanels(weights.Pointer, 1, depth, columns);
    }

    /// <summary>Pixels at once.</summary>
    public long Count { get; }

    /// <summary>How many pixels at once take the least work; 1 where one at a time is as good.</summary>
    public static long Pixels(ConvolutionGeometry g)
    {
        WindowDimension d = g.Width;
        if (g.Groups != 1 || d.Dilation != 1 || d.Before < 0)
            return 1;
        long best = 1;
        double least = Work(d, 1) * Gain;
        for (long pixels = 2; pixels * g.OutputChannels <= FloatWidth.Count; pixels++)
        {
            if (d.Output % pixels == 0 && Work(d, pixels) is var work && work < least)
                (best, least) = (pixels, work);
        }

        return best;
    }

    /// <summary>output = end(input * filter). False if a result is NaN, which infinities times the zeros may have made.</summary>
    public bool Forward(ConvolutionGeometry g, float* input, float* output, in TileEnd end, WorkerTeam? team)
    {
        var blocks = new ConvolutionGeometry(g.Batch, [g.Depth, g.Height, Window(g, Count)], g.InputChannels, g.InputChannels, g.OutputChannels * Count);
        float* scale = stackalloc float[MostLanes], bias = stackalloc float[MostLanes];
        for (long i = 0; i < Count; i++)
            end.CopyChannels(0, g.OutputChannels, g.OutputChannels, scale + (i * g.OutputChannels), bias + (i * g.OutputChannels));
        DirectConvolution.Forward(blocks, input, _panels, output, new TileEnd(scale, bias, end.Residual, end.Activation), team);
        var search = new Search { Values = output, Count = g.OutputCount };
        FloatWidth.Invoke(ref search);
        return !search.Found;
    }

    /// <summary>Part of the work that must be left.</summary>
    private const double Gain = 0.75;

    private const int MostLanes = 16;

    /// <summary>Cycles of a line for each channel and line of the window: the sums of a tile wait for one another for four.</summary>
    private static double Work(in WindowDimension d, long pixels)
    {
        long blocks = d.Output / pixels, rows = FloatWidth.Count >= 16 ? 8 : 4, tiles = (blocks + rows - 1) / rows;
        return Math.Max(tiles * 4, blocks * 0.56) * (d.Filter + ((pixels - 1) * d.Stride));
    }

    private static WindowDimension Window(ConvolutionGeometry g, long pixels)
    {
        WindowDimension d = g.Width;
        long filter = d.Filter + ((pixels - 1) * d.Stride), stride = d.Stride * pixels;
        long after = Math.Max(0, (((d.Output / pixels) - 1) * stride) + filter - d.Input - d.Before);
        return WindowDimension.Create(d.Input, filter, stride, 1, PaddingScheme.Explicit, d.Before, after);
    }

    private struct Search : IFloatAction
    {
        public float* Values;
        public long Count;
        public bool Found;

        public void Invoke<W, V>()
            where W : struct, IFloatLanes<V, float>
            => Found = NaNs.Any<W, V>(Values, Count);
    }
}
