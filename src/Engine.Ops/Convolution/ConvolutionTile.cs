using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;

namespace Engine.Ops.Convolution;

/// <summary>
/// The innermost loop of the direct convolution: a tile of R pixels and N vectors of output channels, in registers, over runs of adjacent
/// input elements. Written out by hand because the sums must be locals to stay in registers; the tests on R and N fold away when it is compiled.
/// </summary>
internal unsafe struct ConvolutionTile
{
    /// <summary>The first pixel's window.</summary>
    public float* Input;

    /// <summary>Distance of the windows of adjacent pixels.</summary>
    public long InputStep;

    /// <summary>The runs: where they start in the window, and with which row of the filter.</summary>
    public Run* Runs;

    /// <summary>Number of runs.</summary>
    public int RunCount;

    /// <summary>Elements of a run.</summary>
    public long RunLength;

    /// <summary>The panel of the filter.</summary>
    public float* Filter;

    /// <summary>The first result.</summary>
    public float* Output;

    /// <summary>Distance of the results of adjacent pixels.</summary>
    public long OutputStep;

    /// <summary>Whether sums start from the output's old values rather than zero.</summary>
    public bool Continues;

    /// <summary>What the sums are multiplied with, for each channel.</summary>
    public float* Scale;

    /// <summary>What is then added, for each channel.</summary>
    public float* Bias;

    /// <summary>What is added to the results, as far apart as they are; null for nothing.</summary>
    public float* Residual;

    /// <summary>Distance of the residual's pixels.</summary>
    public long ResidualStep;

    /// <summary>Limits of the results.</summary>
    public float Low;

    /// <summary>Limits of the results.</summary>
    public float High;

    /// <summary>Computes the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute<W, V, R, N>(ref ConvolutionTile tile)
        where W : struct, IFloatLanes<V, float>
        where R : struct, IConstant
        where N : struct, IConstant
    {
        V c00, c01, c02, c10, c11, c12, c20, c21, c22, c30, c31, c32, c40, c41, c42, c50, c51, c52, c60, c61, c62, c70, c71, c72;
        c00 = c01 = c02 = c10 = c11 = c12 = c20 = c21 = c22 = c30 = c31 = c32 = W.Zero;
        c40 = c41 = c42 = c50 = c51 = c52 = c60 = c61 = c62 = c70 = c71 = c72 = W.Zero;
        if (tile.Continues)
        {
            float* start = tile.Output;
            long step = tile.OutputStep;
            c00 = W.Load(ref *(start), 0);
            if (Unsafe.SizeOf<N>() > 1)
                c01 = W.Load(ref *(start), W.Count);
            if (Unsafe.SizeOf<N>() > 2)
                c02 = W.Load(ref *(start), 2 * W.Count);

            if (Unsafe.SizeOf<R>() > 1)
            {
                c10 = W.Load(ref *(start + step), 0);
                if (Unsafe.SizeOf<N>() > 1)
                    c11 = W.Load(ref *(start + step), W.Count);
                if (Unsafe.SizeOf<N>() > 2)
                    c12 = W.Load(ref *(start + step), 2 * W.Count);
            }

            if (Unsafe.SizeOf<R>() > 2)
            {
                c20 = W.Load(ref *(start + (2 * step)), 0);
                if (Unsafe.SizeOf<N>() > 1)
                    c21 = W.Load(ref *(start + (2 * step)), W.Count);
                if (Unsafe.SizeOf<N>() > 2)
                    c22 = W.Load(ref *(start + (2 * step)), 2 * W.Count);
            }

            if (Unsafe.SizeOf<R>() > 3)
            {
                c30 = W.Load(ref *(start + (3 * step)), 0);
                if (Unsafe.SizeOf<N>() > 1)
                    c31 = W.Load(ref *(start + (3 * step)), W.Count);
                if (Unsafe.SizeOf<N>() > 2)
                    c32 = W.Load(ref *(start + (3 * step)), 2 * W.Count);
            }

            if (Unsafe.SizeOf<R>() > 4)
            {
                c40 = W.Load(ref *(start + (4 * step)), 0);
                if (Unsafe.SizeOf<N>() > 1)
                    c41 = W.Load(ref *(start + (4 * step)), W.Count);
                if (Unsafe.SizeOf<N>() > 2)
                    c42 = W.Load(ref *(start + (4 * step)), 2 * W.Count);
            }

            if (Unsafe.SizeOf<R>() > 5)
            {
                c50 = W.Load(ref *(start + (5 * step)), 0);
                if (Unsafe.SizeOf<N>() > 1)
                    c51 = W.Load(ref *(start + (5 * step)), W.Count);
                if (Unsafe.SizeOf<N>() > 2)
                    c52 = W.Load(ref *(start + (5 * step)), 2 * W.Count);
            }

            if (Unsafe.SizeOf<R>() > 6)
            {
                c60 = W.Load(ref *(start + (6 * step)), 0);
                if (Unsafe.SizeOf<N>() > 1)
                    c61 = W.Load(ref *(start + (6 * step)), W.Count);
                if (Unsafe.SizeOf<N>() > 2)
                    c62 = W.Load(ref *(start + (6 * step)), 2 * W.Count);
            }

            if (Unsafe.SizeOf<R>() > 7)
            {
                c70 = W.Load(ref *(start + (7 * step)), 0);
                if (Unsafe.SizeOf<N>() > 1)
                    c71 = W.Load(ref *(start + (7 * step)), W.Count);
                if (Unsafe.SizeOf<N>() > 2)
                    c72 = W.Load(ref *(start + (7 * step)), 2 * W.Count);
            }
        }

        if (Sse.IsSupported)
            Fetch<W, V, R, N>(tile.Output, tile.OutputStep);
        long aRow = tile.InputStep;
        long aRow3 = 3 * aRow;
        Run* run = tile.Runs;
        for (int left = tile.RunCount; left > 0; left--)
        {
            float* a = tile.Input + run->Input;
            float* aHigh = a + (4 * aRow);
            float* b = tile.Filter + (run->Filter * N.Value * W.Count);
            run++;
            for (long k = tile.RunLength; k > 0; k--)
            {
                V b0 = W.Load(ref *b, 0);
                V b1 = Unsafe.SizeOf<N>() > 1 ? W.Load(ref *b, W.Count) : W.Zero;
                V b2 = Unsafe.SizeOf<N>() > 2 ? W.Load(ref *b, 2 * W.Count) : W.Zero;
                b += N.Value * W.Count;
                {
                    V x = W.Broadcast(*a);
                    c00 = W.Fma(x, b0, c00);
                    if (Unsafe.SizeOf<N>() > 1)
                        c01 = W.Fma(x, b1, c01);
                    if (Unsafe.SizeOf<N>() > 2)
                        c02 = W.Fma(x, b2, c02);
                }

                if (Unsafe.SizeOf<R>() > 1)
                {
                    V x = W.Broadcast(a[aRow]);
                    c10 = W.Fma(x, b0, c10);
                    if (Unsafe.SizeOf<N>() > 1)
                        c11 = W.Fma(x, b1, c11);
                    if (Unsafe.SizeOf<N>() > 2)
                        c12 = W.Fma(x, b2, c12);
                }

                if (Unsafe.SizeOf<R>() > 2)
                {
                    V x = W.Broadcast(a[2 * aRow]);
                    c20 = W.Fma(x, b0, c20);
                    if (Unsafe.SizeOf<N>() > 1)
                        c21 = W.Fma(x, b1, c21);
                    if (Unsafe.SizeOf<N>() > 2)
                        c22 = W.Fma(x, b2, c22);
                }

                if (Unsafe.SizeOf<R>() > 3)
                {
                    V x = W.Broadcast(a[aRow3]);
                    c30 = W.Fma(x, b0, c30);
                    if (Unsafe.SizeOf<N>() > 1)
                        c31 = W.Fma(x, b1, c31);
                    if (Unsafe.SizeOf<N>() > 2)
                        c32 = W.Fma(x, b2, c32);
                }

                if (Unsafe.SizeOf<R>() > 4)
                {
                    V x = W.Broadcast(*aHigh);
                    c40 = W.Fma(x, b0, c40);
                    if (Unsafe.SizeOf<N>() > 1)
                        c41 = W.Fma(x, b1, c41);
                    if (Unsafe.SizeOf<N>() > 2)
                        c42 = W.Fma(x, b2, c42);
                }

                if (Unsafe.SizeOf<R>() > 5)
                {
                    V x = W.Broadcast(aHigh[aRow]);
                    c50 = W.Fma(x, b0, c50);
                    if (Unsafe.SizeOf<N>() > 1)
                        c51 = W.Fma(x, b1, c51);
                    if (Unsafe.SizeOf<N>() > 2)
                        c52 = W.Fma(x, b2, c52);
                }

                if (Unsafe.SizeOf<R>() > 6)
                {
                    V x = W.Broadcast(aHigh[2 * aRow]);
                    c60 = W.Fma(x, b0, c60);
                    if (Unsafe.SizeOf<N>() > 1)
                        c61 = W.Fma(x, b1, c61);
                    if (Unsafe.SizeOf<N>() > 2)
                        c62 = W.Fma(x, b2, c62);
                }

                if (Unsafe.SizeOf<R>() > 7)
                {
                    V x = W.Broadcast(aHigh[aRow3]);
                    c70 = W.Fma(x, b0, c70);
                    if (Unsafe.SizeOf<N>() > 1)
                        c71 = W.Fma(x, b1, c71);
                    if (Unsafe.SizeOf<N>() > 2)
                        c72 = W.Fma(x, b2, c72);
                }

                a++;
                aHigh++;
            }
        }

        float* output = tile.Output;
        long outputStep = tile.OutputStep;
        float* residual = tile.Residual;
        long residualStep = tile.ResidualStep;
        V s0 = W.Load(ref *tile.Scale, 0), t0 = W.Load(ref *tile.Bias, 0);
        V s1 = Unsafe.SizeOf<N>() > 1 ? W.Load(ref *tile.Scale, W.Count) : s0, t1 = Unsafe.SizeOf<N>() > 1 ? W.Load(ref *tile.Bias, W.Count) : t0;
        V s2 = Unsafe.SizeOf<N>() > 2 ? W.Load(ref *tile.Scale, 2 * W.Count) : s0, t2 = Unsafe.SizeOf<N>() > 2 ? W.Load(ref *tile.Bias, 2 * W.Count) : t0;
        V low = W.Broadcast(tile.Low), high = W.Broadcast(tile.High);
        Finish<W, V, N>(output, residual, low, high, W.Fma(c00, s0, t0), W.Fma(c01, s1, t1), W.Fma(c02, s2, t2));
        if (Unsafe.SizeOf<R>() > 1)
            Finish<W, V, N>(output + (outputStep), residual == null ? null : residual + (residualStep), low, high, W.Fma(c10, s0, t0), W.Fma(c11, s1, t1), W.Fma(c12, s2, t2));
        if (Unsafe.SizeOf<R>() > 2)
            Finish<W, V, N>(output + (2 * outputStep), residual == null ? null : residual + (2 * residualStep), low, high, W.Fma(c20, s0, t0), W.Fma(c21, s1, t1), W.Fma(c22, s2, t2));
        if (Unsafe.SizeOf<R>() > 3)
            Finish<W, V, N>(output + (3 * outputStep), residual == null ? null : residual + (3 * residualStep), low, high, W.Fma(c30, s0, t0), W.Fma(c31, s1, t1), W.Fma(c32, s2, t2));
        if (Unsafe.SizeOf<R>() > 4)
            Finish<W, V, N>(output + (4 * outputStep), residual == null ? null : residual + (4 * residualStep), low, high, W.Fma(c40, s0, t0), W.Fma(c41, s1, t1), W.Fma(c42, s2, t2));
        if (Unsafe.SizeOf<R>() > 5)
            Finish<W, V, N>(output + (5 * outputStep), residual == null ? null : residual + (5 * residualStep), low, high, W.Fma(c50, s0, t0), W.Fma(c51, s1, t1), W.Fma(c52, s2, t2));
        if (Unsafe.SizeOf<R>() > 6)
            Finish<W, V, N>(output + (6 * outputStep), residual == null ? null : residual + (6 * residualStep), low, high, W.Fma(c60, s0, t0), W.Fma(c61, s1, t1), W.Fma(c62, s2, t2));
        if (Unsafe.SizeOf<R>() > 7)
            Finish<W, V, N>(output + (7 * outputStep), residual == null ? null : residual + (7 * residualStep), low, high, W.Fma(c70, s0, t0), W.Fma(c71, s1, t1), W.Fma(c72, s2, t2));
    }

    // What is written arrives while the products are summed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<W, V, R, N>(float* output, long step)
        where W : struct, IFloatLanes<V, float>
        where R : struct, IConstant
        where N : struct, IConstant
    {
        for (int i = 0; i < R.Value; i++)
        {
            Sse.Prefetch0(output);
            if (N.Value > 1)
                Sse.Prefetch0(output + W.Count);
            if (N.Value > 2)
                Sse.Prefetch0(output + (2 * W.Count));
            output += step;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<W, V, N>(float* output, float* residual, V low, V high, V c0, V c1, V c2)
        where W : struct, IFloatLanes<V, float>
        where N : struct, IConstant
    {
        if (residual != null)
        {
            c0 = W.Add(c0, W.Load(ref *residual, 0));
            if (Unsafe.SizeOf<N>() > 1)
                c1 = W.Add(c1, W.Load(ref *residual, W.Count));
            if (Unsafe.SizeOf<N>() > 2)
                c2 = W.Add(c2, W.Load(ref *residual, 2 * W.Count));
        }

        // Limits as first operands: a NaN passes.
        W.Store(W.MinLimit(high, W.MaxLimit(low, c0)), ref *output, 0);
        if (Unsafe.SizeOf<N>() > 1)
            W.Store(W.MinLimit(high, W.MaxLimit(low, c1)), ref *output, W.Count);
        if (Unsafe.SizeOf<N>() > 2)
            W.Store(W.MinLimit(high, W.MaxLimit(low, c2)), ref *output, 2 * W.Count);
    }

    /// <summary>A run of adjacent input elements.</summary>
    /// <param name="Input">Where it starts, from the window's first element.</param>
    /// <param name="Filter">The row of the filter that meets its first element.</param>
    internal readonly record struct Run(long Input, long Filter);
}
