using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// A depthwise convolution and the pointwise convolution of its results, band of lines by band of lines: what lies between them stays in the cache of the core that made it.
/// </summary>
internal unsafe struct SeparableConvolution : IRangeBody
{
    /// <summary>Bytes of a band: a part of the second-level cache, which the filter and the images need too.</summary>
    private const long BandBytes = 256 << 10;

    private readonly ConvolutionGeometry _g;
    private readonly float* _input;
    private readonly DepthwiseFilter _depthwise;
    private readonly TileEnd _depthwiseEnd;
    private readonly FilterPanels _filter;
    private readonly float* _output;
    private readonly TileEnd _end;
    private readonly long _line;
    private readonly long _bandLines;
    private long _parts;

    private SeparableConvolution(ConvolutionGeometry g, float* input, DepthwiseFilter depthwise, in TileEnd depthwiseEnd, FilterPanels filter, float* output, in TileEnd end)
    {
        _g = g;
        _input = input;
        _depthwise = depthwise;
        _depthwiseEnd = depthwiseEnd;
        _filter = filter;
        _output = output;
        _end = end;
        _line = g.Width.Output * g.OutputChannels;
        _bandLines = Math.Clamp(BandBytes / (_line * sizeof(float)), 1, g.Height.Output);
    }

    /// <summary>output = end(depthwiseEnd(input * depthwise) * filter). Only the latter end may have a residual. Nothing is checked.</summary>
    /// <param name="g">The depthwise convolution, with as many output as input channels and some results.</param>
    /// <param name="input">The images.</param>
    /// <param name="depthwise">The depthwise filter.</param>
    /// <param name="depthwiseEnd">What happens to the depthwise sums.</param>
    /// <param name="filter">The pointwise filter.</param>
    /// <param name="output">The results; not the residual's memory.</param>
    /// <param name="end">What happens to the pointwise sums.</param>
    /// <param name="team">Threads.</param>
    public static void Forward(
        ConvolutionGeometry g, float* input, DepthwiseFilter depthwise, in TileEnd depthwiseEnd, FilterPanels filter, float* output, in TileEnd end, WorkerTeam? team)
    {
        var body = new SeparableConvolution(g, input, depthwise, depthwiseEnd, filter, output, end);
        long threads = team?.Threads ?? 1, lines = g.Height.Output;

        // As many parts for each thread, of some lines each: lines around a part are read twice.
        body._parts = threads == 1 || g.Batch >= 4 * threads ? 1 : Math.Min(threads * Math.Clamp(lines / (4 * threads), 1, 4), lines);
        if (team is null)
            body.Invoke(0, g.Batch * body._parts);
        else
            team.Run(g.Batch * body._parts, Math.Max(1, lines * body._line / 16 * (filter.Columns + g.Taps) / body._parts), ref body);
        GC.KeepAlive(depthwise);
        GC.KeepAlive(filter);
    }

    /// <summary>Computes parts of images.</summary>
    public readonly void Invoke(long start, long end)
    {
        using var band = new Scratch<float>(_bandLines * _line);
        for (long item = start; item < end; item++)
        {
            long part = item % _parts, image = item / _parts, lines = _g.Height.Output;
            long first = part * lines / _parts, last = (part + 1) * lines / _parts;

            // Bands of a part are as equal as can be.
            long bands = (last - first + _bandLines - 1) / _bandLines;
            for (long i = 0; i < bands; i++)
                Band(image, first + (i * (last - first) / bands), first + ((i + 1) * (last - first) / bands), band.Pointer);
        }
    }

    private readonly void Band(long image, long first, long end, float* band)
    {
        WindowDimension height = _g.Height;
        long start = (first * height.Stride) - height.Before, extent = ((end - first - 1) * height.Stride) + height.Extent;
        long firstInput = Math.Clamp(start, 0, height.Input), lines = Math.Max(0, Math.Min(height.Input, start + extent) - firstInput);
        long before = lines == 0 ? 0 : firstInput - start;
        var window = WindowDimension.Create(lines, height.Filter, height.Stride, height.Dilation, PaddingScheme.Explicit, before, extent - before - lines);
        var g = new ConvolutionGeometry(1, [window, _g.Width], _g.InputChannels, 1, _g.OutputChannels);
        float* input = _input + (((image * height.Input) + firstInput) * _g.Width.Input * _g.InputChannels);
        DepthwiseDirect.Forward(g, input, _depthwise, band, _depthwiseEnd, null);

        long pixels = (end - first) * _g.Width.Output, place = ((image * height.Output) + first) * _g.Width.Output * _filter.Columns;
        var pointwise = new ConvolutionGeometry(1, [WindowDimension.Create(pixels, 1, 1, 1, PaddingScheme.Valid)], _g.OutputChannels, _g.OutputChannels, _filter.Columns);
        var pointwiseEnd = new TileEnd(_end.Scale, _end.Bias, _end.Residual == null ? null : _end.Residual + place, _end.Activation);
        DirectConvolution.Forward(pointwise, band, _filter, _output + place, pointwiseEnd, null);
    }
}
