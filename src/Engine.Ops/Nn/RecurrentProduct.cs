using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;

namespace Engine.Ops.Nn;

/// <summary>Rows of a state times the weights of one vector of units: of all their gates at once, the sums in registers.</summary>
internal static unsafe class RecurrentProduct
{
    /// <summary>sums[row, gate, unit] = start[row, gate, unit] + Σ state[row, k] · weights[k, gate, unit] for the units of one vector.</summary>
    /// <param name="rows">Rows of the state.</param>
    /// <param name="depth">Its columns.</param>
    /// <param name="state">Its first element.</param>
    /// <param name="stateRow">Distance of its rows.</param>
    /// <param name="weights">The weights, [depth, <typeparamref name="G"/>, lanes].</param>
    /// <param name="sums">The result, [rows, <typeparamref name="G"/>, lanes].</param>
    /// <param name="sumRow">Distance of its rows.</param>
    /// <param name="start">What the sums begin with, or null for zeros.</param>
    /// <param name="startRow">Distance of its rows.</param>
    public static void Run<W, V, G>(nint rows, nint depth, float* state, nint stateRow, float* weights, float* sums, nint sumRow, float* start = null, nint startRow = 0)
        where W : struct, IFloatLanes<V, float>
        where G : struct, IConstant
    {
        // As many sums as there are registers for.
        if (W.Count == 16)
        {
            for (; rows >= 4; rows -= 4, state += 4 * stateRow, sums += 4 * sumRow, start += 4 * startRow)
                Rows<W, V, G, Constants.Four>(depth, state, stateRow, weights, sums, sumRow, start, startRow);
        }
        for (; rows >= 2; rows -= 2, state += 2 * stateRow, sums += 2 * sumRow, start += 2 * startRow)
            Rows<W, V, G, Constants.Two>(depth, state, stateRow, weights, sums, sumRow, start, startRow);
        if (rows == 0)
            return;
        if (W.Count == 16)
            Row<W, V, G, Constants.Four>(depth, state, weights, sums, start);
        else
            Row<W, V, G, Constants.Two>(depth, state, weights, sums, start);
    }

    /// <summary>One row; several k go side by side to hide the latency of the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<W, V, G, K>(nint depth, float* state, float* weights, float* sums, float* start)
        where W : struct, IFloatLanes<V, float>
        where G : struct, IConstant
        where K : struct, IConstant
    {
        V a0 = W.Zero, a1 = W.Zero, a2 = W.Zero, a3 = W.Zero;
        V b0 = W.Zero, b1 = W.Zero, b2 = W.Zero, b3 = W.Zero;
        V c0 = W.Zero, c1 = W.Zero, c2 = W.Zero, c3 = W.Zero;
        V d0 = W.Zero, d1 = W.Zero, d2 = W.Zero, d3 = W.Zero;
        if (start is not null)
            Take<W, V, G>(start, ref a0, ref a1, ref a2, ref a3);
        nint next = G.Value * W.Count;
        for (; depth >= K.Value; depth -= K.Value)
        {
            V x = W.Broadcast(state[0]), y = W.Broadcast(state[1]);
            a0 = W.Fma(x, W.Load(ref *weights, 0), a0);
            if (G.Value > 1)
                a1 = W.Fma(x, W.Load(ref *weights, W.Count), a1);
            if (G.Value > 2)
                a2 = W.Fma(x, W.Load(ref *weights, 2 * W.Count), a2);
            if (G.Value > 3)
                a3 = W.Fma(x, W.Load(ref *weights, 3 * W.Count), a3);
            b0 = W.Fma(y, W.Load(ref *weights, next), b0);
            if (G.Value > 1)
                b1 = W.Fma(y, W.Load(ref *weights, next + W.Count), b1);
            if (G.Value > 2)
                b2 = W.Fma(y, W.Load(ref *weights, next + (2 * W.Count)), b2);
            if (G.Value > 3)
                b3 = W.Fma(y, W.Load(ref *weights, next + (3 * W.Count)), b3);
            if (K.Value > 2)
            {
                V z = W.Broadcast(state[2]), w = W.Broadcast(state[3]);
                c0 = W.Fma(z, W.Load(ref *weights, 2 * next), c0);
                if (G.Value > 1)
                    c1 = W.Fma(z, W.Load(ref *weights, (2 * next) + W.Count), c1);
                if (G.Value > 2)
                    c2 = W.Fma(z, W.Load(ref *weights, (2 * next) + (2 * W.Count)), c2);
                if (G.Value > 3)
                    c3 = W.Fma(z, W.Load(ref *weights, (2 * next) + (3 * W.Count)), c3);
                d0 = W.Fma(w, W.Load(ref *weights, 3 * next), d0);
                if (G.Value > 1)
                    d1 = W.Fma(w, W.Load(ref *weights, (3 * next) + W.Count), d1);
                if (G.Value > 2)
                    d2 = W.Fma(w, W.Load(ref *weights, (3 * next) + (2 * W.Count)), d2);
                if (G.Value > 3)
                    d3 = W.Fma(w, W.Load(ref *weights, (3 * next) + (3 * W.Count)), d3);
            }
            state += K.Value;
            weights += K.Value * next;
        }
        for (; depth > 0; depth--, state++, weights += next)
        {
            V x = W.Broadcast(*state);
            a0 = W.Fma(x, W.Load(ref *weights, 0), a0);
            if (G.Value > 1)
                a1 = W.Fma(x, W.Load(ref *weights, W.Count), a1);
            if (G.Value > 2)
                a2 = W.Fma(x, W.Load(ref *weights, 2 * W.Count), a2);
            if (G.Value > 3)
                a3 = W.Fma(x, W.Load(ref *weights, 3 * W.Count), a3);
        }
        W.Store(W.Add(W.Add(a0, b0), W.Add(c0, d0)), ref *sums, 0);
        if (G.Value > 1)
            W.Store(W.Add(W.Add(a1, b1), W.Add(c1, d1)), ref *sums, W.Count);
        if (G.Value > 2)
            W.Store(W.Add(W.Add(a2, b2), W.Add(c2, d2)), ref *sums, 2 * W.Count);
        if (G.Value > 3)
            W.Store(W.Add(W.Add(a3, b3), W.Add(c3, d3)), ref *sums, 3 * W.Count);
    }

    /// <summary>Two or four rows, which share each weight that is loaded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<W, V, G, R>(nint depth, float* state, nint stateRow, float* weights, float* sums, nint sumRow, float* start, nint startRow)
        where W : struct, IFloatLanes<V, float>
        where G : struct, IConstant
        where R : struct, IConstant
    {
        V a0 = W.Zero, a1 = W.Zero, a2 = W.Zero, a3 = W.Zero;
        V b0 = W.Zero, b1 = W.Zero, b2 = W.Zero, b3 = W.Zero;
        V c0 = W.Zero, c1 = W.Zero, c2 = W.Zero, c3 = W.Zero;
        V d0 = W.Zero, d1 = W.Zero, d2 = W.Zero, d3 = W.Zero;
        if (start is not null)
        {
            Take<W, V, G>(start, ref a0, ref a1, ref a2, ref a3);
            Take<W, V, G>(start + startRow, ref b0, ref b1, ref b2, ref b3);
            if (R.Value > 2)
            {
                Take<W, V, G>(start + (2 * startRow), ref c0, ref c1, ref c2, ref c3);
                Take<W, V, G>(start + (3 * startRow), ref d0, ref d1, ref d2, ref d3);
            }
        }
        nint next = G.Value * W.Count;
        float* other = state + (2 * stateRow);
        for (nint k = 0; k < depth; k++, weights += next)
        {
            V w0 = W.Load(ref *weights, 0), w1 = w0, w2 = w0, w3 = w0;
            if (G.Value > 1)
                w1 = W.Load(ref *weights, W.Count);
            if (G.Value > 2)
                w2 = W.Load(ref *weights, 2 * W.Count);
            if (G.Value > 3)
                w3 = W.Load(ref *weights, 3 * W.Count);
            V x = W.Broadcast(state[k]);
            Add<W, V, G>(x, w0, w1, w2, w3, ref a0, ref a1, ref a2, ref a3);
            x = W.Broadcast(state[k + stateRow]);
            Add<W, V, G>(x, w0, w1, w2, w3, ref b0, ref b1, ref b2, ref b3);
            if (R.Value > 2)
            {
                x = W.Broadcast(other[k]);
                Add<W, V, G>(x, w0, w1, w2, w3, ref c0, ref c1, ref c2, ref c3);
                x = W.Broadcast(other[k + stateRow]);
                Add<W, V, G>(x, w0, w1, w2, w3, ref d0, ref d1, ref d2, ref d3);
            }
        }
        Save<W, V, G>(sums, a0, a1, a2, a3);
        Save<W, V, G>(sums + sumRow, b0, b1, b2, b3);
        if (R.Value > 2)
        {
            Save<W, V, G>(sums + (2 * sumRow), c0, c1, c2, c3);
            Save<W, V, G>(sums + (3 * sumRow), d0, d1, d2, d3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<W, V, G>(V x, V w0, V w1, V w2, V w3, ref V s0, ref V s1, ref V s2, ref V s3)
        where W : struct, IFloatLanes<V, float>
        where G : struct, IConstant
    {
        s0 = W.Fma(x, w0, s0);
        if (G.Value > 1)
            s1 = W.Fma(x, w1, s1);
        if (G.Value > 2)
            s2 = W.Fma(x, w2, s2);
        if (G.Value > 3)
            s3 = W.Fma(x, w3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take<W, V, G>(float* start, ref V s0, ref V s1, ref V s2, ref V s3)
        where W : struct, IFloatLanes<V, float>
        where G : struct, IConstant
    {
        s0 = W.Load(ref *start, 0);
        if (G.Value > 1)
            s1 = W.Load(ref *start, W.Count);
        if (G.Value > 2)
            s2 = W.Load(ref *start, 2 * W.Count);
        if (G.Value > 3)
            s3 = W.Load(ref *start, 3 * W.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Save<W, V, G>(float* sums, V s0, V s1, V s2, V s3)
        where W : struct, IFloatLanes<V, float>
        where G : struct, IConstant
    {
        W.Store(s0, ref *sums, 0);
        if (G.Value > 1)
            W.Store(s1, ref *sums, W.Count);
        if (G.Value > 2)
            W.Store(s2, ref *sums, 2 * W.Count);
        if (G.Value > 3)
            W.Store(s3, ref *sums, 3 * W.Count);
    }
}
