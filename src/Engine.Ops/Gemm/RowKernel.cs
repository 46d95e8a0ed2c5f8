using System.Runtime.CompilerServices;

namespace Engine.Ops.Gemm;

/// <summary>The innermost loop for a single row of C: few accumulators, so that four values of k go side by side to hide the latency of their sums.</summary>
internal static unsafe class RowKernel
{
    /// <summary>C[1, N vectors] (+)= A[1, k] B[k, N vectors]; the parameters are those of <see cref="MicroKernel"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<W, V, T, N>(long k, T* a, long aColumn, T* b, long bRow, T* c, bool accumulate)
        where W : struct, IGemmLanes<V, T>
        where T : unmanaged
        where N : struct, IConstant
    {
        V s00 = W.Zero, s01 = W.Zero, s02 = W.Zero;
        V s10 = W.Zero, s11 = W.Zero, s12 = W.Zero;
        V s20 = W.Zero, s21 = W.Zero, s22 = W.Zero;
        V s30 = W.Zero, s31 = W.Zero, s32 = W.Zero;
        for (; k >= 4; k -= 4)
        {
            V x0 = W.Broadcast(*a), x1 = W.Broadcast(a[aColumn]), x2 = W.Broadcast(a[2 * aColumn]), x3 = W.Broadcast(a[3 * aColumn]);
            T* b1 = b + bRow;
            T* b2 = b1 + bRow;
            T* b3 = b2 + bRow;
            s00 = W.MultiplyAdd(x0, W.Load(b), s00);
            s10 = W.MultiplyAdd(x1, W.Load(b1), s10);
            s20 = W.MultiplyAdd(x2, W.Load(b2), s20);
            s30 = W.MultiplyAdd(x3, W.Load(b3), s30);
            if (N.Value > 1)
            {
                s01 = W.MultiplyAdd(x0, W.Load(b + W.Width), s01);
                s11 = W.MultiplyAdd(x1, W.Load(b1 + W.Width), s11);
                s21 = W.MultiplyAdd(x2, W.Load(b2 + W.Width), s21);
                s31 = W.MultiplyAdd(x3, W.Load(b3 + W.Width), s31);
            }

            if (N.Value > 2)
            {
                s02 = W.MultiplyAdd(x0, W.Load(b + (2 * W.Width)), s02);
                s12 = W.MultiplyAdd(x1, W.Load(b1 + (2 * W.Width)), s12);
                s22 = W.MultiplyAdd(x2, W.Load(b2 + (2 * W.Width)), s22);
                s32 = W.MultiplyAdd(x3, W.Load(b3 + (2 * W.Width)), s32);
            }

            a += 4 * aColumn;
            b = b3 + bRow;
        }

        for (; k > 0; k--)
        {
            V x = W.Broadcast(*a);
            s00 = W.MultiplyAdd(x, W.Load(b), s00);
            if (N.Value > 1)
                s01 = W.MultiplyAdd(x, W.Load(b + W.Width), s01);
            if (N.Value > 2)
                s02 = W.MultiplyAdd(x, W.Load(b + (2 * W.Width)), s02);
            a += aColumn;
            b += bRow;
        }

        Save<W, V, T>(c, accumulate, W.Add(W.Add(s00, s10), W.Add(s20, s30)));
        if (N.Value > 1)
            Save<W, V, T>(c + W.Width, accumulate, W.Add(W.Add(s01, s11), W.Add(s21, s31)));
        if (N.Value > 2)
            Save<W, V, T>(c + (2 * W.Width), accumulate, W.Add(W.Add(s02, s12), W.Add(s22, s32)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save<W, V, T>(T* c, bool accumulate, V sum)
        where W : struct, IGemmLanes<V, T>
        where T : unmanaged
        => W.Store(c, accumulate ? W.Add(W.Load(c), sum) : sum);
}
