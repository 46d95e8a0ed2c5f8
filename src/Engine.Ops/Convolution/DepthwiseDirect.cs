using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// Depthwise convolutions of floats with as many output as input channels: four pixels at a time, over all their channels, so that memory is read in
/// order. Where a window leaves the image it meets a pixel of zeros.
/// </summary>
internal unsafe struct DepthwiseDirect : IFloatAction, IRangeBody
{
    private const int Pixels = 4;

    private readonly ConvolutionGeometry _g;
    private readonly long _channels;
    private readonly float* _input;
    private readonly float* _filter;
    private readonly float* _output;
    private readonly float* _scale;
    private readonly float* _bias;
    private readonly TileEnd _end;
    private readonly WorkerTeam? _team;
    private delegate*<ref DepthwiseDirect, long, long, void> _lines;

    private DepthwiseDirect(
        ConvolutionGeometry g, float* input, float* filter, float* output, float* scale, float* bias, in TileEnd end, WorkerTeam? team)
    {
        _g = g;
        _channels = g.OutputChannels;
        _input = input;
        _filter = filter;
        _output = output;
        _scale = scale;
        _bias = bias;
        _end = end;
        _team = team;
    }

    /// <summary>output = end(input * filter). Nothing is checked.</summary>
    public static void Forward(
        ConvolutionGeometry g, float* input, float* filter, float* output, in TileEnd end, WorkerTeam? team)
    {
        using Scratch<float> repeated = ChannelLoops.Repeat(input, g.GroupOutputChannels == 1 ? 0 : g.InputCount, g.GroupOutputChannels);
        using var ends = new Scratch<float>(2 * g.OutputChannels);
        float* scale = ends.Pointer, bias = scale + g.OutputChannels;
        end.CopyChannels(0, g.OutputChannels, g.OutputChannels, scale, bias);
        var body = new DepthwiseDirect(g, g.GroupOutputChannels == 1 ? input : repeated.Pointer, filter, output, scale, bias, end, team);
        FloatWidth.Invoke(ref body);
    }

    /// <summary>Computes the convolution, a line of pixels an item.</summary>
    public void Invoke<W, V>()
        where W : struct, IFloatLanes<V, float>
    {
        _lines = &Lines<W, V>;
        long lines = _g.Batch * _g.Height.Output;
        if (_team is null)
            Invoke(0, lines);
        else
            _team.Run(lines, Math.Max(1, _g.Width.Output * _channels * _g.Taps / W.Count), ref this);
    }

    /// <summary>Computes lines of output pixels.</summary>
    public readonly void Invoke(long start, long end) => _lines(ref Unsafe.AsRef(in this), start, end);

    private static void Lines<W, V>(ref DepthwiseDirect body, long start, long end)
        where W : struct, IFloatLanes<V, float>
    {
        ConvolutionGeometry g = body._g;
        WindowDimension width = g.Width, height = g.Height;
        long channels = body._channels, taps = height.Filter * width.Filter;
        using var scratch = new Scratch<float>(channels + (2 * Pixels * taps * sizeof(long) / sizeof(float)));
        long* inside = (long*)scratch.Pointer, border = inside + (Pixels * taps);
        float* zeros = (float*)(border + (Pixels * taps));
        new Span<float>(zeros, (int)channels).Clear();

        for (long i = 0, tap = 0; tap < taps; tap++)
        {
            long place = (tap / width.Filter * height.Dilation * width.Input) + (tap % width.Filter * width.Dilation);
            for (int p = 0; p < Pixels; p++)
                inside[i++] = (place + (p * width.Stride)) * channels;
        }

        for (long line = start; line < end; line++)
        {
            long y = line % height.Output, image = line / height.Output;
            (long firstRow, long endRow) = height.Inside(y);
            float* origin = body._input + (((image * height.Input) + (y * height.Stride) - height.Before) * width.Input * channels);
            var tile = new Tile
            {
                Taps = (int)((endRow - firstRow) * width.Filter),
                Filter = body._filter + (firstRow * width.Filter * channels),
                Scale = body._scale,
                Bias = body._bias,
                Channels = channels,
                Low = body._end.Activation.Low,
                High = body._end.Activation.High,
            };
            for (long first = 0; first < width.Output; first += Pixels)
            {
                // The last tile begins early, or, in short lines, has the last pixel several times.
                long x = Math.Max(0, Math.Min(first, width.Output - Pixels));
                long left = (x * width.Stride) - width.Before;
                bool fits = left >= 0 && x + Pixels <= width.Output && left + ((Pixels - 1) * width.Stride) + width.Extent <= width.Input;
                if (fits)
                {
                    tile.Input = origin + (left * channels);
                    tile.Offsets = inside + (firstRow * width.Filter * Pixels);
                }
                else
                {
                    tile.Input = origin;
                    tile.Offsets = border;
                    int i = 0;
                    for (long row = firstRow; row < endRow; row++)
                    {
                        long rowStart = row * height.Dilation * width.Input;
                        for (long tap = 0; tap < width.Filter; tap++)
                        {
                            for (int p = 0; p < Pixels; p++)
                            {
                                long column = (Math.Min(x + p, width.Output - 1) * width.Stride) - width.Before + (tap * width.Dilation);
                                border[i++] = (ulong)column < (ulong)width.Input ? (rowStart + column) * channels : zeros - origin;
                            }
                        }
                    }
                }

                long place = ((line * width.Output) + x) * channels;
                long last = width.Output - 1 - x;
                tile.Output = body._output + place;
                tile.Residual = body._end.Residual == null ? null : body._end.Residual + place;
                (tile.Second, tile.Third, tile.Fourth) = (Math.Min(1, last) * channels, Math.Min(2, last) * channels, Math.Min(3, last) * channels);
                Compute<W, V>(in tile);
                if (body._end.Activation.HasLoop)
                {
                    // Pixels that the tile before has finished were computed anew: all four are there without the activation.
                    for (long p = 0; p <= Math.Min(Pixels - 1, last); p++)
                        body._end.Activation.Apply(tile.Output + (p * channels), channels);
                }
            }
        }
    }

    private static void Compute<W, V>(in Tile t)
        where W : struct, IFloatLanes<V, float>
    {
        long c = 0;
        for (; c + (2 * W.Count) <= t.Channels; c += 2 * W.Count)
            Two<W, V>(in t, c);
        for (; c + W.Count <= t.Channels; c += W.Count)
            One<W, V>(in t, c);
        if (c == t.Channels)
            return;
        if (t.Channels >= W.Count)
        {
            One<W, V>(in t, t.Channels - W.Count);
            return;
        }

        for (; c < t.Channels; c++)
            One<ScalarLanes<float>, float>(in t, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Two<W, V>(in Tile t, long c)
        where W : struct, IFloatLanes<V, float>
    {
        V a0 = W.Zero, a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
        float* filter = t.Filter + c;
        float* input = t.Input + c;
        long* offsets = t.Offsets;
        long channels = t.Channels;
        for (int tap = t.Taps; tap > 0; tap--)
        {
            V w0 = W.Load(ref *filter, 0), w1 = W.Load(ref *filter, W.Count);
            float* x = input + offsets[0];
            a0 = W.Fma(W.Load(ref *x, 0), w0, a0);
            a1 = W.Fma(W.Load(ref *x, W.Count), w1, a1);
            x = input + offsets[1];
            b0 = W.Fma(W.Load(ref *x, 0), w0, b0);
            b1 = W.Fma(W.Load(ref *x, W.Count), w1, b1);
            x = input + offsets[2];
            c0 = W.Fma(W.Load(ref *x, 0), w0, c0);
            c1 = W.Fma(W.Load(ref *x, W.Count), w1, c1);
            x = input + offsets[3];
            d0 = W.Fma(W.Load(ref *x, 0), w0, d0);
            d1 = W.Fma(W.Load(ref *x, W.Count), w1, d1);
            filter += channels;
            offsets += Pixels;
        }

        Finish<W, V>(in t, c, a0, b0, c0, d0);
        Finish<W, V>(in t, c + W.Count, a1, b1, c1, d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One<W, V>(in Tile t, long c)
        where W : struct, IFloatLanes<V, float>
    {
        V a0 = W.Zero;
        V b0 = a0, c0 = a0, d0 = a0;
        float* filter = t.Filter + c;
        float* input = t.Input + c;
        long* offsets = t.Offsets;
        long channels = t.Channels;
        for (int tap = t.Taps; tap > 0; tap--)
        {
            V w0 = W.Load(ref *filter, 0);
            a0 = W.Fma(W.Load(ref input[offsets[0]], 0), w0, a0);
            b0 = W.Fma(W.Load(ref input[offsets[1]], 0), w0, b0);
            c0 = W.Fma(W.Load(ref input[offsets[2]], 0), w0, c0);
            d0 = W.Fma(W.Load(ref input[offsets[3]], 0), w0, d0);
            filter += channels;
            offsets += Pixels;
        }

        Finish<W, V>(in t, c, a0, b0, c0, d0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<W, V>(in Tile t, long c, V first, V second, V third, V fourth)
        where W : struct, IFloatLanes<V, float>
    {
        V scale = W.Load(ref t.Scale[c], 0), bias = W.Load(ref t.Bias[c], 0);
        first = W.Fma(first, scale, bias);
        second = W.Fma(second, scale, bias);
        third = W.Fma(third, scale, bias);
        fourth = W.Fma(fourth, scale, bias);
        if (t.Residual != null)
        {
            float* residual = t.Residual + c;
            first = W.Add(first, W.Load(ref *residual, 0));
            second = W.Add(second, W.Load(ref residual[t.Second], 0));
            third = W.Add(third, W.Load(ref residual[t.Third], 0));
            fourth = W.Add(fourth, W.Load(ref residual[t.Fourth], 0));
        }

        // Limits as first operands: a NaN passes.
        V low = W.Broadcast(t.Low), high = W.Broadcast(t.High);
        float* output = t.Output + c;
        W.Store(W.MinLimit(high, W.MaxLimit(low, first)), ref *output, 0);
        W.Store(W.MinLimit(high, W.MaxLimit(low, second)), ref output[t.Second], 0);
        W.Store(W.MinLimit(high, W.MaxLimit(low, third)), ref output[t.Third], 0);
        W.Store(W.MinLimit(high, W.MaxLimit(low, fourth)), ref output[t.Fourth], 0);
    }

    /// <summary>Four pixels: where their windows' elements are, and where the results go.</summary>
    private struct Tile
    {
        public float* Input;
        public long* Offsets;
        public float* Filter;
        public float* Scale;
        public float* Bias;
        public float* Output;
        public float* Residual;
        public long Channels;
        public long Second;
        public long Third;
        public long Fourth;
        public int Taps;
        public float Low;
        public float High;
    }
}
