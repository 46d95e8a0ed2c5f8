using System.Numerics;
using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Runtime;
using static Engine.Ops.Gemm.Constants;

namespace Engine.Ops.Convolution;

/// <summary>
/// A depthwise convolution with as many output as input channels: vectors over channels, several pixels at once so that a weight is
/// loaded once for all of them.
/// </summary>
internal unsafe struct DepthwiseForward<T>(ConvolutionGeometry geometry, long channels, T* input, T* filter, T* output)
    : IGemmAction<T>, IRangeBody
    where T : unmanaged, INumberBase<T>
{
    private const int PixelsAtOnce = 4;

    private delegate*<ref DepthwiseForward<T>, long, void> _line;

    /// <summary>Computes the convolution, a line of pixels an item.</summary>
    public static void Run(ref DepthwiseForward<T> body, WorkerTeam? team, ConvolutionGeometry g, long channels)
    {
        GemmWidth.Invoke<T, DepthwiseForward<T>>(ref body);
        long lines = g.Batch * g.Height.Output;
        if (team is null)
            body.Invoke(0, lines);
        else
            team.Run(lines, Math.Max(1, g.Width.Output * channels * g.Taps / 8), ref body);
    }

    /// <summary>Fixes the lanes.</summary>
    public void Invoke<W, V>()
        where W : struct, IGemmLanes<V, T>
        => _line = &Line<W, V>;

    /// <summary>Computes lines of output pixels.</summary>
    public void Invoke(long start, long end)
    {
        for (long line = start; line < end; line++)
            _line(ref this, line);
    }

    private static void Line<W, V>(ref DepthwiseForward<T> body, long line)
        where W : struct, IGemmLanes<V, T>
    {
        long count = body.Channels;
        long c = 0;
        for (; c + (2 * W.Width) <= count; c += 2 * W.Width)
            Channelwise<W, V, Two>(ref body, line, c);
        for (; c + W.Width <= count; c += W.Width)
            Channelwise<W, V, One>(ref body, line, c);
        for (; c < count; c++)
            Channelwise<GemmScalar<T>, T, One>(ref body, line, c);
    }

    private readonly long Channels => channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Channelwise<W, V, N>(ref DepthwiseForward<T> body, long line, long channel)
        where W : struct, IGemmLanes<V, T>
        where N : struct, IConstant
    {
        body.Prepare(line, channel, out Sweep sweep);
        long x = 0;
        while (x < sweep.Output)
        {
            if (x >= sweep.FirstInner && x + PixelsAtOnce <= sweep.EndInner)
            {
                Pixels<W, V, N>(in sweep, x);
                x += PixelsAtOnce;
            }
            else
            {
                Pixel<W, V, N>(in sweep, x);
                x++;
            }
        }
    }

    /// <summary>One pixel, of whose window a part may be outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixel<W, V, N>(in Sweep s, long x)
        where W : struct, IGemmLanes<V, T>
        where N : struct, IConstant
    {
        long start = (x * s.Stride) - s.Before;
        V sum0 = W.Zero, sum1 = W.Zero;
        for (long ky = s.FirstTapRow; ky < s.EndTapRow; ky++)
        {
            T* row = s.Input + (ky * s.InputTapRow);
            T* weights = s.Filter + (ky * s.Taps * s.Channels);
            for (long kx = 0; kx < s.Taps; kx++)
            {
                long pixel = start + (kx * s.Dilation);
                if ((ulong)pixel >= (ulong)s.InputWidth)
                    continue;
                T* from = row + (pixel * s.Channels);
                T* w = weights + (kx * s.Channels);
                sum0 = W.MultiplyAdd(W.Load(from), W.Load(w), sum0);
                if (N.Value > 1)
                    sum1 = W.MultiplyAdd(W.Load(from + W.Width), W.Load(w + W.Width), sum1);
            }
        }

        T* to = s.OutputLine + (x * s.Channels);
        W.Store(to, sum0);
        if (N.Value > 1)
            W.Store(to + W.Width, sum1);
    }

    /// <summary>Four pixels whose windows are inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pixels<W, V, N>(in Sweep s, long x)
        where W : struct, IGemmLanes<V, T>
        where N : struct, IConstant
    {
        V a0 = W.Zero, a1 = W.Zero, b0 = W.Zero, b1 = W.Zero, c0 = W.Zero, c1 = W.Zero, d0 = W.Zero, d1 = W.Zero;
        T* origin = s.Input + (((x * s.Stride) - s.Before) * s.Channels);
        long next = s.Stride * s.Channels;
        long tapStep = s.Dilation * s.Channels;
        for (long ky = s.FirstTapRow; ky < s.EndTapRow; ky++)
        {
            T* from = origin + (ky * s.InputTapRow);
            T* w = s.Filter + (ky * s.Taps * s.Channels);
            for (long kx = s.Taps; kx > 0; kx--)
            {
                V w0 = W.Load(w);
                a0 = W.MultiplyAdd(W.Load(from), w0, a0);
                b0 = W.MultiplyAdd(W.Load(from + next), w0, b0);
                c0 = W.MultiplyAdd(W.Load(from + (2 * next)), w0, c0);
                d0 = W.MultiplyAdd(W.Load(from + (3 * next)), w0, d0);
                if (N.Value > 1)
                {
                    V w1 = W.Load(w + W.Width);
                    a1 = W.MultiplyAdd(W.Load(from + W.Width), w1, a1);
                    b1 = W.MultiplyAdd(W.Load(from + next + W.Width), w1, b1);
                    c1 = W.MultiplyAdd(W.Load(from + (2 * next) + W.Width), w1, c1);
                    d1 = W.MultiplyAdd(W.Load(from + (3 * next) + W.Width), w1, d1);
                }

                from += tapStep;
                w += s.Channels;
            }
        }

        T* to = s.OutputLine + (x * s.Channels);
        W.Store(to, a0);
        W.Store(to + s.Channels, b0);
        W.Store(to + (2 * s.Channels), c0);
        W.Store(to + (3 * s.Channels), d0);
        if (N.Value > 1)
        {
            to += W.Width;
            W.Store(to, a1);
            W.Store(to + s.Channels, b1);
            W.Store(to + (2 * s.Channels), c1);
            W.Store(to + (3 * s.Channels), d1);
        }
    }

    private readonly void Prepare(long line, long channel, out Sweep s)
    {
        WindowDimension height = geometry.Height;
        WindowDimension width = geometry.Width;
        long image = line / height.Output;
        long y = line % height.Output;
        (s.FirstTapRow, s.EndTapRow) = height.Inside(y);
        s.Channels = channels;
        s.Stride = width.Stride;
        s.Dilation = width.Dilation;
        s.Before = width.Before;
        s.Taps = width.Filter;
        s.InputWidth = width.Input;
        s.Output = width.Output;
        s.InputTapRow = height.Dilation * width.Input * channels;
        s.Input = input + channel + (((image * height.Input) + (y * height.Stride) - height.Before) * width.Input * channels);
        s.Filter = filter + channel;
        s.OutputLine = output + channel + (line * width.Output * channels);
        s.FirstInner = (width.Before + width.Stride - 1) / width.Stride;
        long last = width.Input + width.Before - width.Extent;
        s.EndInner = last < 0 ? 0 : Math.Min(width.Output, (last / width.Stride) + 1);
    }

    /// <summary>What stays the same along a line of output pixels.</summary>
    private struct Sweep
    {
        public T* Input;
        public T* Filter;
        public T* OutputLine;
        public long Channels;
        public long InputTapRow;
        public long FirstTapRow;
        public long EndTapRow;
        public long Taps;
        public long Stride;
        public long Dilation;
        public long Before;
        public long InputWidth;
        public long Output;
        public long FirstInner;
        public long EndInner;
    }
}
