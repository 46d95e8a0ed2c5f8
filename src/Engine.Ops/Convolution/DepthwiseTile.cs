using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;

namespace Engine.Ops.Convolution;

/// <summary>
/// The innermost loop of the depthwise convolution: up to eight adjacent pixels of a line by a vector of channels, in registers, over the rows of the window, vector
/// after vector. An element of the input is loaded once for all windows of the tile in which it is. The tests on the sizes fold away when it is compiled.
/// </summary>
internal unsafe struct DepthwiseTile
{
    /// <summary>Most pixels of a tile.</summary>
    public const int MaximumPixels = 8;

    /// <summary>Most elements of a line of the window.</summary>
    public const int MaximumColumns = 7;

    /// <summary>The first element of the first pixel's window that is in a row of the image; its column may be outside.</summary>
    public float* Input;

    /// <summary>Distance of the input's columns that meet adjacent elements of the window.</summary>
    public long Column;

    /// <summary>Distance of the rows of the window.</summary>
    public long Row;

    /// <summary>Rows of the window that are in the image.</summary>
    public long Rows;

    /// <summary>A bit for each column of the tile's windows: whether it is in the image.</summary>
    public uint Mask;

    /// <summary>The filter of the first vector of channels, at the first row.</summary>
    public float* Filter;

    /// <summary>Distance of the filters of adjacent vectors.</summary>
    public long FilterStep;

    /// <summary>Distance of the filter's rows.</summary>
    public long FilterRow;

    /// <summary>For pixels one by one: elements of a line of the window that are in the image, from <see cref="Input"/> on.</summary>
    public long Taps;

    /// <summary>The first channel.</summary>
    public long Channel;

    /// <summary>The channel with which the last vector begins: less than a vector behind the one before it where channels are not whole vectors.</summary>
    public long LastChannel;

    /// <summary>The first result's channel 0.</summary>
    public float* Output;

    /// <summary>What is added to the results, as far apart as they are; null for nothing.</summary>
    public float* Residual;

    /// <summary>Distance of the results.</summary>
    public long OutputStep;

    /// <summary>What sums are multiplied with, for each channel; null for nothing.</summary>
    public float* Scale;

    /// <summary>What is then added, for each channel; null for nothing.</summary>
    public float* Bias;

    /// <summary>Limits of the results.</summary>
    public float Low;

    /// <summary>Limits of the results.</summary>
    public float High;

    /// <summary>Computes the tile.</summary>
    /// <typeparam name="W">The lanes.</typeparam>
    /// <typeparam name="V">The register.</typeparam>
    /// <typeparam name="K">Elements of a line of the window.</typeparam>
    /// <typeparam name="S">Distance of adjacent pixels' windows in columns, 1 or 2.</typeparam>
    /// <typeparam name="P">Pixels.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<W, V, K, S, P>(ref DepthwiseTile tile)
        where W : struct, IFloatLanes<V, float>
        where K : struct, IConstant
        where S : struct, IConstant
        where P : struct, IConstant
    {
        float* panel = tile.Filter;
        long step = tile.Column;
        uint mask = tile.Mask;
        V low = W.Broadcast(tile.Low), high = W.Broadcast(tile.High);
        for (long next = tile.Channel; ; next += W.Count)
        {
            long channel = Math.Min(next, tile.LastChannel);
            V bias = tile.Bias == null ? W.Zero : W.Load(ref tile.Bias[channel], 0);
            V a0 = tile.Scale == null ? bias : W.Zero;
            V a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
            float* filter = panel;
            float* input = tile.Input + channel;
            for (long row = tile.Rows; row > 0; row--)
            {
                float* at = input;
                if (Unsafe.SizeOf<S>() == 1)
                {
                    V x0 = Next<W, V, K, S, P>(ref at, step, mask, 0), x1 = Next<W, V, K, S, P>(ref at, step, mask, 1), x2 = Next<W, V, K, S, P>(ref at, step, mask, 2), x3 = Next<W, V, K, S, P>(ref at, step, mask, 3);
                    V x4 = Next<W, V, K, S, P>(ref at, step, mask, 4), x5 = Next<W, V, K, S, P>(ref at, step, mask, 5), x6 = Next<W, V, K, S, P>(ref at, step, mask, 6), x7 = Next<W, V, K, S, P>(ref at, step, mask, 7);
                    V x8 = x0, x9 = x0, x10 = x0, x11 = x0, x12 = x0, x13 = x0;
                    Tap<W, V, P>(W.Load(ref *filter, 0), x0, x1, x2, x3, x4, x5, x6, x7, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    if (Unsafe.SizeOf<K>() > 1)
                    {
                        x8 = Next<W, V, K, S, P>(ref at, step, mask, 8);
                        Tap<W, V, P>(W.Load(ref *filter, W.Count), x1, x2, x3, x4, x5, x6, x7, x8, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 2)
                    {
                        x9 = Next<W, V, K, S, P>(ref at, step, mask, 9);
                        Tap<W, V, P>(W.Load(ref *filter, 2 * W.Count), x2, x3, x4, x5, x6, x7, x8, x9, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 3)
                    {
                        x10 = Next<W, V, K, S, P>(ref at, step, mask, 10);
                        Tap<W, V, P>(W.Load(ref *filter, 3 * W.Count), x3, x4, x5, x6, x7, x8, x9, x10, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 4)
                    {
                        x11 = Next<W, V, K, S, P>(ref at, step, mask, 11);
                        Tap<W, V, P>(W.Load(ref *filter, 4 * W.Count), x4, x5, x6, x7, x8, x9, x10, x11, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 5)
                    {
                        x12 = Next<W, V, K, S, P>(ref at, step, mask, 12);
                        Tap<W, V, P>(W.Load(ref *filter, 5 * W.Count), x5, x6, x7, x8, x9, x10, x11, x12, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 6)
                    {
                        x13 = Next<W, V, K, S, P>(ref at, step, mask, 13);
                        Tap<W, V, P>(W.Load(ref *filter, 6 * W.Count), x6, x7, x8, x9, x10, x11, x12, x13, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }
                }
                else
                {
                    float* odd = input + step;
                    long two = 2 * step;
                    V x0 = Next<W, V, K, S, P>(ref at, two, mask, 0), x1 = Next<W, V, K, S, P>(ref at, two, mask, 2), x2 = Next<W, V, K, S, P>(ref at, two, mask, 4), x3 = Next<W, V, K, S, P>(ref at, two, mask, 6);
                    V x4 = Next<W, V, K, S, P>(ref at, two, mask, 8), x5 = Next<W, V, K, S, P>(ref at, two, mask, 10), x6 = Next<W, V, K, S, P>(ref at, two, mask, 12), x7 = Next<W, V, K, S, P>(ref at, two, mask, 14);
                    V y0 = Next<W, V, K, S, P>(ref odd, two, mask, 1), y1 = Next<W, V, K, S, P>(ref odd, two, mask, 3), y2 = Next<W, V, K, S, P>(ref odd, two, mask, 5), y3 = Next<W, V, K, S, P>(ref odd, two, mask, 7);
                    V y4 = Next<W, V, K, S, P>(ref odd, two, mask, 9), y5 = Next<W, V, K, S, P>(ref odd, two, mask, 11), y6 = Next<W, V, K, S, P>(ref odd, two, mask, 13), y7 = Next<W, V, K, S, P>(ref odd, two, mask, 15);
                    V x8 = x0, x9 = x0, x10 = x0, y8 = x0, y9 = x0;
                    Tap<W, V, P>(W.Load(ref *filter, 0), x0, x1, x2, x3, x4, x5, x6, x7, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    if (Unsafe.SizeOf<K>() > 1)
                    {
                        Tap<W, V, P>(W.Load(ref *filter, W.Count), y0, y1, y2, y3, y4, y5, y6, y7, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 2)
                    {
                        x8 = Next<W, V, K, S, P>(ref at, two, mask, 16);
                        Tap<W, V, P>(W.Load(ref *filter, 2 * W.Count), x1, x2, x3, x4, x5, x6, x7, x8, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 3)
                    {
                        y8 = Next<W, V, K, S, P>(ref odd, two, mask, 17);
                        Tap<W, V, P>(W.Load(ref *filter, 3 * W.Count), y1, y2, y3, y4, y5, y6, y7, y8, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 4)
                    {
                        x9 = Next<W, V, K, S, P>(ref at, two, mask, 18);
                        Tap<W, V, P>(W.Load(ref *filter, 4 * W.Count), x2, x3, x4, x5, x6, x7, x8, x9, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 5)
                    {
                        y9 = Next<W, V, K, S, P>(ref odd, two, mask, 19);
                        Tap<W, V, P>(W.Load(ref *filter, 5 * W.Count), y2, y3, y4, y5, y6, y7, y8, y9, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }

                    if (Unsafe.SizeOf<K>() > 6)
                    {
                        x10 = Next<W, V, K, S, P>(ref at, two, mask, 20);
                        Tap<W, V, P>(W.Load(ref *filter, 6 * W.Count), x3, x4, x5, x6, x7, x8, x9, x10, ref a0, ref a1, ref a2, ref a3, ref a4, ref a5, ref a6, ref a7);
                    }
                }

                filter += K.Value * W.Count;
                input += tile.Row;
            }

            if (tile.Scale != null)
            {
                V scale = W.Load(ref tile.Scale[channel], 0);
                (a0, a1, a2, a3) = (W.Fma(a0, scale, bias), W.Fma(a1, scale, bias), W.Fma(a2, scale, bias), W.Fma(a3, scale, bias));
                (a4, a5, a6, a7) = (W.Fma(a4, scale, bias), W.Fma(a5, scale, bias), W.Fma(a6, scale, bias), W.Fma(a7, scale, bias));
            }

            long between = tile.OutputStep;
            float* output = tile.Output + channel;
            float* residual = tile.Residual == null ? null : tile.Residual + channel;
            Finish<W, V>(output, residual, 0, low, high, a0);
            if (Unsafe.SizeOf<P>() > 1)
                Finish<W, V>(output, residual, between, low, high, a1);
            if (Unsafe.SizeOf<P>() > 2)
                Finish<W, V>(output, residual, 2 * between, low, high, a2);
            if (Unsafe.SizeOf<P>() > 3)
                Finish<W, V>(output, residual, 3 * between, low, high, a3);
            if (Unsafe.SizeOf<P>() > 4)
                Finish<W, V>(output, residual, 4 * between, low, high, a4);
            if (Unsafe.SizeOf<P>() > 5)
                Finish<W, V>(output, residual, 5 * between, low, high, a5);
            if (Unsafe.SizeOf<P>() > 6)
                Finish<W, V>(output, residual, 6 * between, low, high, a6);
            if (Unsafe.SizeOf<P>() > 7)
                Finish<W, V>(output, residual, 7 * between, low, high, a7);
            if (channel == tile.LastChannel)
                break;
            panel += tile.FilterStep;
        }
    }

    /// <summary>Computes one pixel with a window of any width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ComputeOne<W, V>(ref DepthwiseTile tile)
        where W : struct, IFloatLanes<V, float>
    {
        float* panel = tile.Filter;
        V low = W.Broadcast(tile.Low), high = W.Broadcast(tile.High);
        for (long next = tile.Channel; ; next += W.Count)
        {
            long channel = Math.Min(next, tile.LastChannel);
            V sum = W.Zero;
            float* filterRow = panel;
            float* inputRow = tile.Input + channel;
            for (long row = tile.Rows; row > 0; row--)
            {
                float* filter = filterRow;
                float* input = inputRow;
                for (long tap = tile.Taps; tap > 0; tap--)
                {
                    sum = W.Fma(W.Load(ref *input, 0), W.Load(ref *filter, 0), sum);
                    input += tile.Column;
                    filter += W.Count;
                }

                filterRow += tile.FilterRow;
                inputRow += tile.Row;
            }

            V scale = tile.Scale == null ? W.One : W.Load(ref tile.Scale[channel], 0);
            V bias = tile.Bias == null ? W.Zero : W.Load(ref tile.Bias[channel], 0);
            Finish<W, V>(tile.Output + channel, tile.Residual == null ? null : tile.Residual + channel, 0, low, high, W.Fma(sum, scale, bias));
            if (channel == tile.LastChannel)
                break;
            panel += tile.FilterStep;
        }
    }

    /// <summary>The next column, if a window of the tile reaches it; zeros outside the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Next<W, V, K, S, P>(ref float* at, long step, uint mask, int column)
        where W : struct, IFloatLanes<V, float>
        where K : struct, IConstant
        where S : struct, IConstant
        where P : struct, IConstant
    {
        if (column >= ((P.Value - 1) * S.Value) + K.Value)
            return W.Zero;
        V x = W.Zero;
        if ((mask & (1u << column)) != 0)
            x = W.Load(ref *at, 0);
        at += step;
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tap<W, V, P>(
        V w, V x0, V x1, V x2, V x3, V x4, V x5, V x6, V x7, ref V a0, ref V a1, ref V a2, ref V a3, ref V a4, ref V a5, ref V a6, ref V a7)
        where W : struct, IFloatLanes<V, float>
        where P : struct, IConstant
    {
        a0 = W.Fma(x0, w, a0);
        if (Unsafe.SizeOf<P>() > 1)
            a1 = W.Fma(x1, w, a1);
        if (Unsafe.SizeOf<P>() > 2)
            a2 = W.Fma(x2, w, a2);
        if (Unsafe.SizeOf<P>() > 3)
            a3 = W.Fma(x3, w, a3);
        if (Unsafe.SizeOf<P>() > 4)
            a4 = W.Fma(x4, w, a4);
        if (Unsafe.SizeOf<P>() > 5)
            a5 = W.Fma(x5, w, a5);
        if (Unsafe.SizeOf<P>() > 6)
            a6 = W.Fma(x6, w, a6);
        if (Unsafe.SizeOf<P>() > 7)
            a7 = W.Fma(x7, w, a7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<W, V>(float* output, float* residual, long place, V low, V high, V sum)
        where W : struct, IFloatLanes<V, float>
    {
        if (residual != null)
            sum = W.Add(sum, W.Load(ref residual[place], 0));

        // Limits as first operands: a NaN passes.
        W.Store(W.MinLimit(high, W.MaxLimit(low, sum)), ref output[place], 0);
    }
}
