using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Engine.Ops.Gemm;

/// <summary>
/// The innermost loop of the matrix product: a tile of C of R rows and N vectors, in registers, over a run of k. Written out by
/// hand because the accumulators must be locals to stay in registers; the tests on R and N fold away when it is compiled.
/// </summary>
internal static unsafe class MicroKernel
{
    /// <summary>From so many products on, C may have left the cache since it was last touched.</summary>
    private const long LongRun = 256;

    /// <summary>C[R, N vectors] (+)= A[R, k] B[k, N vectors].</summary>
    /// <param name="k">Products per element.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="aRow">Distance of A's rows.</param>
    /// <param name="aColumn">Distance of A's columns.</param>
    /// <param name="b">B's first element; its columns are adjacent.</param>
    /// <param name="bRow">Distance of B's rows.</param>
    /// <param name="c">C's first element; its columns are adjacent.</param>
    /// <param name="cRow">Distance of C's rows.</param>
    /// <param name="accumulate">Whether C's old value is added.</param>
    /// <param name="ahead">What the next tiles read: a cache line of it is fetched with every product.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<W, V, T, R, N>(
        long k, T* a, long aRow, long aColumn, T* b, long bRow, T* c, long cRow, bool accumulate, T* ahead)
        where W : struct, IGemmLanes<V, T>
        where T : unmanaged
        where R : struct, IConstant
        where N : struct, IConstant
    {
        V c00 = W.Zero, c01 = W.Zero, c02 = W.Zero;
        V c10 = W.Zero, c11 = W.Zero, c12 = W.Zero;
        V c20 = W.Zero, c21 = W.Zero, c22 = W.Zero;
        V c30 = W.Zero, c31 = W.Zero, c32 = W.Zero;
        V c40 = W.Zero, c41 = W.Zero, c42 = W.Zero;
        V c50 = W.Zero, c51 = W.Zero, c52 = W.Zero;
        V c60 = W.Zero, c61 = W.Zero, c62 = W.Zero;
        V c70 = W.Zero, c71 = W.Zero, c72 = W.Zero;
        if (Sse.IsSupported && k >= LongRun)
            Fetch<W, V, T, R, N>(c, cRow);
        long aRow3 = 3 * aRow;
        T* aHigh = a + (4 * aRow);
        for (; k > 0; k--)
        {
            V b0 = W.Load(b);
            V b1 = Unsafe.SizeOf<N>() > 1 ? W.Load(b + W.Width) : W.Zero;
            V b2 = Unsafe.SizeOf<N>() > 2 ? W.Load(b + (2 * W.Width)) : W.Zero;
            b += bRow;
            if (Sse.IsSupported)
                Sse.Prefetch1(ahead);
            ahead += 64 / sizeof(T);
            {
                V x = W.Broadcast(*a);
                c00 = W.MultiplyAdd(x, b0, c00);
                if (Unsafe.SizeOf<N>() > 1)
                    c01 = W.MultiplyAdd(x, b1, c01);
                if (Unsafe.SizeOf<N>() > 2)
                    c02 = W.MultiplyAdd(x, b2, c02);
            }

            if (Unsafe.SizeOf<R>() > 1)
            {
                V x = W.Broadcast(a[aRow]);
                c10 = W.MultiplyAdd(x, b0, c10);
                if (Unsafe.SizeOf<N>() > 1)
                    c11 = W.MultiplyAdd(x, b1, c11);
                if (Unsafe.SizeOf<N>() > 2)
                    c12 = W.MultiplyAdd(x, b2, c12);
            }

            if (Unsafe.SizeOf<R>() > 2)
            {
                V x = W.Broadcast(a[2 * aRow]);
                c20 = W.MultiplyAdd(x, b0, c20);
                if (Unsafe.SizeOf<N>() > 1)
                    c21 = W.MultiplyAdd(x, b1, c21);
                if (Unsafe.SizeOf<N>() > 2)
                    c22 = W.MultiplyAdd(x, b2, c22);
            }

            if (Unsafe.SizeOf<R>() > 3)
            {
                V x = W.Broadcast(a[aRow3]);
                c30 = W.MultiplyAdd(x, b0, c30);
                if (Unsafe.SizeOf<N>() > 1)
                    c31 = W.MultiplyAdd(x, b1, c31);
                if (Unsafe.SizeOf<N>() > 2)
                    c32 = W.MultiplyAdd(x, b2, c32);
            }

            if (Unsafe.SizeOf<R>() > 4)
            {
                V x = W.Broadcast(*aHigh);
                c40 = W.MultiplyAdd(x, b0, c40);
                if (Unsafe.SizeOf<N>() > 1)
                    c41 = W.MultiplyAdd(x, b1, c41);
                if (Unsafe.SizeOf<N>() > 2)
                    c42 = W.MultiplyAdd(x, b2, c42);
            }

            if (Unsafe.SizeOf<R>() > 5)
            {
                V x = W.Broadcast(aHigh[aRow]);
                c50 = W.MultiplyAdd(x, b0, c50);
                if (Unsafe.SizeOf<N>() > 1)
                    c51 = W.MultiplyAdd(x, b1, c51);
                if (Unsafe.SizeOf<N>() > 2)
                    c52 = W.MultiplyAdd(x, b2, c52);
            }

            if (Unsafe.SizeOf<R>() > 6)
            {
                V x = W.Broadcast(aHigh[2 * aRow]);
                c60 = W.MultiplyAdd(x, b0, c60);
                if (Unsafe.SizeOf<N>() > 1)
                    c61 = W.MultiplyAdd(x, b1, c61);
                if (Unsafe.SizeOf<N>() > 2)
                    c62 = W.MultiplyAdd(x, b2, c62);
            }

            if (Unsafe.SizeOf<R>() > 7)
            {
                V x = W.Broadcast(aHigh[aRow3]);
                c70 = W.MultiplyAdd(x, b0, c70);
                if (Unsafe.SizeOf<N>() > 1)
                    c71 = W.MultiplyAdd(x, b1, c71);
                if (Unsafe.SizeOf<N>() > 2)
                    c72 = W.MultiplyAdd(x, b2, c72);
            }

            a += aColumn;
            aHigh += aColumn;
        }

        Save<W, V, T, N>(c, accumulate, c00, c01, c02);
        if (Unsafe.SizeOf<R>() > 1)
            Save<W, V, T, N>(c + (1 * cRow), accumulate, c10, c11, c12);
        if (Unsafe.SizeOf<R>() > 2)
            Save<W, V, T, N>(c + (2 * cRow), accumulate, c20, c21, c22);
        if (Unsafe.SizeOf<R>() > 3)
            Save<W, V, T, N>(c + (3 * cRow), accumulate, c30, c31, c32);
        if (Unsafe.SizeOf<R>() > 4)
            Save<W, V, T, N>(c + (4 * cRow), accumulate, c40, c41, c42);
        if (Unsafe.SizeOf<R>() > 5)
            Save<W, V, T, N>(c + (5 * cRow), accumulate, c50, c51, c52);
        if (Unsafe.SizeOf<R>() > 6)
            Save<W, V, T, N>(c + (6 * cRow), accumulate, c60, c61, c62);
        if (Unsafe.SizeOf<R>() > 7)
            Save<W, V, T, N>(c + (7 * cRow), accumulate, c70, c71, c72);
    }

    // C arrives while the products are summed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<W, V, T, R, N>(T* c, long cRow)
        where W : struct, IGemmLanes<V, T>
        where T : unmanaged
        where R : struct, IConstant
        where N : struct, IConstant
    {
        for (int i = 0; i < R.Value; i++)
        {
            Sse.Prefetch0(c);
            if (N.Value > 1)
                Sse.Prefetch0(c + W.Width);
            if (N.Value > 2)
                Sse.Prefetch0(c + (2 * W.Width));
            c += cRow;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save<W, V, T, N>(T* c, bool accumulate, V c0, V c1, V c2)
        where W : struct, IGemmLanes<V, T>
        where T : unmanaged
        where N : struct, IConstant
    {
        W.Store(c, accumulate ? W.Add(W.Load(c), c0) : c0);
        if (Unsafe.SizeOf<N>() > 1)
            W.Store(c + W.Width, accumulate ? W.Add(W.Load(c + W.Width), c1) : c1);
        if (Unsafe.SizeOf<N>() > 2)
            W.Store(c + (2 * W.Width), accumulate ? W.Add(W.Load(c + (2 * W.Width)), c2) : c2);
    }
}
