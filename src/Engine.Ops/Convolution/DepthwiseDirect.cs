using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;
using static Engine.Ops.Gemm.Constants;

namespace Engine.Ops.Convolution;

/// <summary>
/// Depthwise convolutions of floats with as many output as input channels: strips of up to eight pixels and a block of channels from the top to the bottom of the image,
/// so that what the windows of adjacent lines share is in the first-level cache. Nothing is copied where windows leave the image.
/// </summary>
internal unsafe struct DepthwiseDirect : IFloatAction, IRangeBody
{
    /// <summary>Bytes of the input that a strip's windows see at once: most of the first-level cache.</summary>
    private const long NearBytes = 24 << 10;

    private readonly ConvolutionGeometry _g;
    private readonly WindowDimension _height;
    private readonly WindowDimension _width;
    private readonly long _channels;
    private readonly float* _input;
    private readonly DepthwiseFilter _filter;
    private readonly float* _output;
    private readonly TileEnd _end;
    private readonly WorkerTeam? _team;
    private delegate*<ref DepthwiseDirect, long, long, void> _lines;

    private DepthwiseDirect(ConvolutionGeometry g, float* input, DepthwiseFilter filter, float* output, in TileEnd end, WorkerTeam? team)
    {
        _g = g;
        (_height, _width) = (g.Height, g.Width);
        if (_width is { Input: 1, Filter: 1, Output: 1 })
            (_width, _height) = (_height, _width);
        _channels = g.OutputChannels;
        _input = input;
        _filter = filter;
        _output = output;
        _end = end;
        _team = team;
    }

    /// <summary>output = end(input * filter). The filter is packed for all output channels. Nothing is checked.</summary>
    public static void Forward(ConvolutionGeometry g, float* input, DepthwiseFilter filter, float* output, in TileEnd end, WorkerTeam? team)
    {
        using Scratch<float> repeated = ChannelLoops.Repeat(input, g.GroupOutputChannels == 1 ? 0 : g.InputCount, g.GroupOutputChannels);
        var body = new DepthwiseDirect(g, g.GroupOutputChannels == 1 ? input : repeated.Pointer, filter, output, end, team);
        FloatWidth.Invoke(ref body, filter.Lanes);
        GC.KeepAlive(filter);
    }

    /// <summary>Computes the convolution, a line of pixels an item.</summary>
    public void Invoke<W, V>()
        where W : struct, IFloatLanes<V, float>
    {
        _lines = &Lines<W, V>;
        long lines = _g.Batch * _height.Output;
        if (_team is null)
            Invoke(0, lines);
        else
            _team.Run(lines, Math.Max(1, _width.Output * _channels * _g.Taps / W.Count), ref this);
    }

    /// <summary>Computes lines of output pixels.</summary>
    public readonly void Invoke(long start, long end) => _lines(ref Unsafe.AsRef(in this), start, end);

    private static void Lines<W, V>(ref DepthwiseDirect body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        while (start < end)
        {
            long image = start / body._height.Output, line = start % body._height.Output;
            long lines = Math.Min(end - start, body._height.Output - line);
            body.Strips<W, V>(image, line, line + lines);
            start += lines;
        }
    }

    private readonly void Strips<W, V>(long image, long firstLine, long endLine)
        where W : struct, IFloatLanes<V, float>
    {
        // Where windows are wide, or so far apart that they share nothing, pixels are computed one by one. Dilated windows share elements with the windows that are
        // as far from them as their own elements are from one another.
        bool single = _width.Filter > DepthwiseTile.MaximumColumns || _width.Stride > 2 || (_width.Stride > 1 && _width.Dilation > 1);
        long apart = _width.Stride == 1 ? _width.Dilation : 1;
        for (long phase = 0; phase < Math.Min(apart, _width.Output); phase++)
        {
            long pixels = (_width.Output - phase + apart - 1) / apart;
            long strips = single ? pixels : (pixels + DepthwiseTile.MaximumPixels - 1) / DepthwiseTile.MaximumPixels;
            for (long strip = 0; strip < strips; strip++)
            {
                long first = pixels * strip / strips, count = (pixels * (strip + 1) / strips) - first;
                Strip<W, V>(image, firstLine, endLine, phase + (first * apart), apart, (int)count, single);
            }
        }
    }

    private readonly void Strip<W, V>(long image, long firstLine, long endLine, long x, long apart, int pixels, bool single)
        where W : struct, IFloatLanes<V, float>
    {
        long column = (x * _width.Stride) - _width.Before;
        long columns = ((pixels - 1) * _width.Stride) + _width.Filter;
        delegate*<ref DepthwiseTile, void> compute;
        long skip = 0;
        var tile = new DepthwiseTile
        {
            Column = _width.Dilation * _channels,
            Row = _height.Dilation * _width.Input * _channels,
            FilterStep = _filter.Step,
            FilterRow = _width.Filter * W.Count,
            OutputStep = apart * _channels,
            Scale = _end.Scale,
            Bias = _end.Bias,
            Low = _end.Activation.Low,
            High = _end.Activation.High,
        };
        if (single)
        {
            (skip, long end) = _width.Inside(x);
            tile.Taps = end - skip;
            compute = &DepthwiseTile.ComputeOne<W, V>;
        }
        else
        {
            for (int i = 0; i < columns; i++)
            {
                if ((ulong)(column + (i * _width.Dilation)) < (ulong)_width.Input)
                    tile.Mask |= 1u << i;
            }

            compute = _width.Stride == 1 ? OfFilter<W, V, One>((int)_width.Filter, pixels) : OfFilter<W, V, Two>((int)_width.Filter, pixels);
        }

        float* origin = _input + (((image * _height.Input * _width.Input) + column + (skip * _width.Dilation)) * _channels);
        float* filter = _filter.Panel(0) + (skip * W.Count);
        long vectors = (_channels + W.Count - 1) / W.Count;
        long block = Math.Max(2, NearBytes / (_height.Filter * columns * W.Count * sizeof(float)));
        block = (vectors + ((vectors + block - 1) / block) - 1) / ((vectors + block - 1) / block);
        for (long vector = 0; vector < vectors; vector += block)
        {
            tile.Channel = Math.Min(vector * W.Count, _filter.LastChannel);
            tile.LastChannel = Math.Min((vector + block - 1) * W.Count, _filter.LastChannel);
            for (long line = firstLine; line < endLine; line++)
            {
                (long firstRow, long endRow) = _height.Inside(line);
                tile.Rows = endRow - firstRow;
                tile.Input = origin + (((line * _height.Stride) - _height.Before + (firstRow * _height.Dilation)) * _width.Input * _channels);
                tile.Filter = filter + (vector * _filter.Step) + (firstRow * tile.FilterRow);
                long place = ((((image * _height.Output) + line) * _width.Output) + x) * _channels;
                tile.Output = _output + place;
                tile.Residual = _end.Residual == null ? null : _end.Residual + place;
                compute(ref tile);
                if (_end.Activation.HasLoop)
                    _end.Activation.Apply(tile.Output + tile.Channel, tile.OutputStep, pixels, tile.LastChannel + W.Count - tile.Channel);
            }
        }
    }

    private static delegate*<ref DepthwiseTile, void> OfFilter<W, V, S>(int filter, int pixels)
        where W : struct, IFloatLanes<V, float>
        where S : struct, IConstant
        => filter switch
        {
            1 => OfPixels<W, V, One, S>(pixels),
            2 => OfPixels<W, V, Two, S>(pixels),
            3 => OfPixels<W, V, Three, S>(pixels),
            4 => OfPixels<W, V, Four, S>(pixels),
            5 => OfPixels<W, V, Five, S>(pixels),
            6 => OfPixels<W, V, Six, S>(pixels),
            _ => OfPixels<W, V, Seven, S>(pixels),
        };

    private static delegate*<ref DepthwiseTile, void> OfPixels<W, V, K, S>(int pixels)
        where W : struct, IFloatLanes<V, float>
        where K : struct, IConstant
        where S : struct, IConstant
        => pixels switch
        {
            1 => &DepthwiseTile.Compute<W, V, K, S, One>,
            2 => &DepthwiseTile.Compute<W, V, K, S, Two>,
            3 => &DepthwiseTile.Compute<W, V, K, S, Three>,
            4 => &DepthwiseTile.Compute<W, V, K, S, Four>,
            5 => &DepthwiseTile.Compute<W, V, K, S, Five>,
            6 => &DepthwiseTile.Compute<W, V, K, S, Six>,
            7 => &DepthwiseTile.Compute<W, V, K, S, Seven>,
            _ => &DepthwiseTile.Compute<W, V, K, S, Eight>,
        };
}
