using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// A pointwise convolution and the depthwise convolution of its results, band of lines by band of lines: what lies between them is several times larger than both ends and
/// never leaves the second-level cache. Lines that a band shares with the next are kept.
/// </summary>
internal unsafe struct ExpandedDepthwise : IRangeBody
{
    /// <summary>Bytes of a band: half of a second-level cache.</summary>
    private const long BandBytes = 512 << 10;

    private readonly ConvolutionGeometry _g;
    private readonly long _inputChannels;
    private readonly float* _input;
    private readonly FilterPanels _expand;
    private readonly TileEnd _expandEnd;
    private readonly DepthwiseFilter _filter;
    private readonly float* _output;
    private readonly TileEnd _end;
    private readonly long _line;
    private readonly long _bandLines;
    private readonly long _bandOutputs;
    private long _parts;

    private ExpandedDepthwise(
        ConvolutionGeometry g, long inputChannels, float* input, FilterPanels expand, in TileEnd expandEnd, DepthwiseFilter filter, float* output, in TileEnd end)
    {
        _g = g;
        _inputChannels = inputChannels;
        _input = input;
        _expand = expand;
        _expandEnd = expandEnd;
        _filter = filter;
        _output = output;
        _end = end;
        _line = g.Width.Input * g.OutputChannels;
        _bandOutputs = Math.Clamp(((BandBytes / (_line * sizeof(float))) - g.Height.Extent) / g.Height.Stride, 0, g.Height.Output - 1) + 1;
        _bandLines = Math.Min(((_bandOutputs - 1) * g.Height.Stride) + g.Height.Extent, g.Height.Input);
    }

    /// <summary>output = end(expandEnd(input * expand) * filter). Neither end has a residual. Nothing is checked.</summary>
    /// <param name="g">The depthwise convolution, with as many output as input channels.</param>
    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="input">The images, of the depthwise convolution's input size.</param>
    /// <param name="expand">The pointwise filter.</param>
    /// <param name="expandEnd">What happens to the pointwise sums.</param>
    /// <param name="filter">The depthwise filter.</param>
    /// <param name="output">The results.</param>
    /// <param name="end">What happens to the depthwise sums.</param>
    /// <param name="team">Threads.</param>
    public static void Forward(
        ConvolutionGeometry g, long inputChannels, float* input, FilterPanels expand, in TileEnd expandEnd, DepthwiseFilter filter, float* output, in TileEnd end, WorkerTeam? team)
    {
        var body = new ExpandedDepthwise(g, inputChannels, input, expand, expandEnd, filter, output, end);
        int threads = team?.Threads ?? 1;

        // Parts of an image each compute the lines around them anew.
        body._parts = threads == 1 || g.Batch >= 2 * threads ? 1 : Math.Min(2 * threads, g.Height.Output);
        if (team is null)
            body.Invoke(0, g.Batch * body._parts);
        else
            team.Run(g.Batch * body._parts, Math.Max(1, g.Height.Input * body._line * (inputChannels + g.Taps) / 16 / body._parts), ref body);
        GC.KeepAlive(expand);
        GC.KeepAlive(filter);
    }

    /// <summary>Computes parts of images.</summary>
    public readonly void Invoke(long start, long end)
    {
        using var band = new Scratch<float>(_bandLines * _line);
        for (long item = start; item < end; item++)
        {
            long part = item % _parts, lines = _g.Height.Output;
            Part(item / _parts, part * lines / _parts, (part + 1) * lines / _parts, band.Pointer);
        }
    }

    private readonly void Part(long image, long firstOutput, long endOutput, float* band)
    {
        WindowDimension height = _g.Height;
        long bandStart = 0, bandEnd = 0;
        for (long y = firstOutput; y < endOutput; y += _bandOutputs)
        {
            long outputs = Math.Min(_bandOutputs, endOutput - y);
            long start = (y * height.Stride) - height.Before, extent = ((outputs - 1) * height.Stride) + height.Extent;
            long first = Math.Max(0, start), lines = Math.Max(0, Math.Min(height.Input, start + extent) - first);
            long kept = Math.Clamp(bandEnd - first, 0, lines);
            if (kept > 0 && first > bandStart)
                Buffer.MemoryCopy(band + ((first - bandStart) * _line), band, kept * _line * sizeof(float), kept * _line * sizeof(float));
            if (kept < lines)
                Expand(image, first + kept, lines - kept, band + (kept * _line));
            (bandStart, bandEnd) = (first, first + lines);

            long before = lines == 0 ? 0 : first - start;
            var window = WindowDimension.Create(lines, height.Filter, height.Stride, height.Dilation, PaddingScheme.Explicit, before, extent - before - lines);
            var g = new ConvolutionGeometry(1, [window, _g.Width], _g.OutputChannels, 1, _g.OutputChannels);
            DepthwiseDirect.Forward(g, band, _filter, _output + (((image * height.Output) + y) * _g.Width.Output * _g.OutputChannels), _end, null);
        }
    }

    private readonly void Expand(long image, long line, long lines, float* band)
    {
        WindowDimension pixels = WindowDimension.Create(lines * _g.Width.Input, 1, 1, 1, PaddingScheme.Valid);
        var g = new ConvolutionGeometry(1, [pixels], _inputChannels, _inputChannels, _g.OutputChannels);
        DirectConvolution.Forward(g, _input + (((image * _g.Height.Input) + line) * _g.Width.Input * _inputChannels), _expand, band, _expandEnd, null);
    }
}
