using System.Runtime.CompilerServices;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;

namespace Engine.Ops.Nn;

/// <summary>The recurrent cells.</summary>
internal static unsafe class RecurrentCells
{
    /// <summary>c = σ(f) · c + σ(i) · tanh(g), h = σ(o) · tanh(c); gates in the order i, f, g, o.</summary>
    internal readonly struct Lstm : IRecurrentCell
    {
        public static int Gates => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Multiply<W, V>(nint rows, nint depth, float* state, nint stateRow, float* weights, float* sums)
            where W : struct, IFloatLanes<V, float>
            => RecurrentProduct.Run<W, V, Constants.Four>(rows, depth, state, stateRow, weights, sums, 4 * W.Count);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Update<W, V>(float* products, float* inputs, float* bias, float* h, float* c, float* result)
            where W : struct, IFloatLanes<V, float>
        {
            var kept = W.Mul(W.Sigmoid(Sum<W, V>(products, inputs, 1)), W.Load(ref *c, 0));
            var added = W.Mul(W.Sigmoid(Sum<W, V>(products, inputs, 0)), W.Tanh(Sum<W, V>(products, inputs, 2)));
            var shown = W.Sigmoid(Sum<W, V>(products, inputs, 3));
            var state = W.Add(kept, added);
            W.Store(state, ref *c, 0);
            W.Store(W.Mul(shown, W.Tanh(state)), ref *result, 0);
        }
    }

    /// <summary>new = z · h + (1 - z) · tanh(x_h + r · h_h), z = σ(x_z + h_z), r = σ(x_r + h_r); gates in the order z, r, candidate.</summary>
    internal readonly struct Gru : IRecurrentCell
    {
        public static int Gates => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Multiply<W, V>(nint rows, nint depth, float* state, nint stateRow, float* weights, float* sums)
            where W : struct, IFloatLanes<V, float>
            => RecurrentProduct.Run<W, V, Constants.Three>(rows, depth, state, stateRow, weights, sums, 3 * W.Count);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Update<W, V>(float* products, float* inputs, float* bias, float* h, float* c, float* result)
            where W : struct, IFloatLanes<V, float>
        {
            var update = W.Sigmoid(Sum<W, V>(products, inputs, 0));
            var reset = W.Sigmoid(Sum<W, V>(products, inputs, 1));
            var ofState = W.Add(W.Load(ref *products, 2 * W.Count), W.Load(ref *bias, 0));
            var value = W.Tanh(W.Add(W.Load(ref *inputs, 2 * W.Count), W.Mul(reset, ofState)));
            W.Store(W.Add(W.Mul(update, W.Load(ref *h, 0)), W.Mul(W.Sub(W.One, update), value)), ref *result, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<W, V>(float* products, float* inputs, nint gate)
        where W : struct, IFloatLanes<V, float>
        => W.Add(W.Load(ref *products, gate * W.Count), W.Load(ref *inputs, gate * W.Count));
}
