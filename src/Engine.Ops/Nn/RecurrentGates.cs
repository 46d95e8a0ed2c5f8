using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Nn;

/// <summary>One row of a recurrent cell, from the sums of its gates to its new state.</summary>
internal static unsafe class RecurrentGates
{
    /// <summary>c = σ(f) · c + σ(i) · tanh(g), h = σ(o) · tanh(c); the order says where i, f, g and o are.</summary>
    internal static void Lstm(float* gates, float* c, float* h, nint units, int[] order)
    {
        float* input = gates + (order[0] * units), forget = gates + (order[1] * units), candidate = gates + (order[2] * units), output = gates + (order[3] * units);
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
            i = Lstm<Lanes512<float>, Vector512<float>>(input, forget, candidate, output, c, h, i, units);
        if (Vector256.IsHardwareAccelerated)
            i = Lstm<Lanes256<float>, Vector256<float>>(input, forget, candidate, output, c, h, i, units);
        if (Vector128.IsHardwareAccelerated)
            i = Lstm<Lanes128<float>, Vector128<float>>(input, forget, candidate, output, c, h, i, units);
        Lstm<ScalarLanes<float>, float>(input, forget, candidate, output, c, h, i, units);
    }

    /// <summary>new = z · h + (1 - z) · tanh(x_h + r · h_h), z = σ(x_z + h_z), r = σ(x_r + h_r); the order says where z, r and the candidate are.</summary>
    internal static void Gru(float* ofInput, float* ofState, float* h, float* result, nint units, int[] order)
    {
        nint z = order[0] * units, r = order[1] * units, candidate = order[2] * units, i = 0;
        if (Vector512.IsHardwareAccelerated)
            i = Gru<Lanes512<float>, Vector512<float>>(ofInput, ofState, h, result, z, r, candidate, i, units);
        if (Vector256.IsHardwareAccelerated)
            i = Gru<Lanes256<float>, Vector256<float>>(ofInput, ofState, h, result, z, r, candidate, i, units);
        if (Vector128.IsHardwareAccelerated)
            i = Gru<Lanes128<float>, Vector128<float>>(ofInput, ofState, h, result, z, r, candidate, i, units);
        Gru<ScalarLanes<float>, float>(ofInput, ofState, h, result, z, r, candidate, i, units);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Lstm<W, V>(float* input, float* forget, float* candidate, float* output, float* c, float* h, nint i, nint units)
        where W : struct, IFloatLanes<V, float>
    {
        for (; i + W.Count <= units; i += W.Count)
        {
            var kept = W.Mul(W.Sigmoid(W.Load(ref *forget, i)), W.Load(ref *c, i));
            var added = W.Mul(W.Sigmoid(W.Load(ref *input, i)), W.Tanh(W.Load(ref *candidate, i)));
            var state = W.Add(kept, added);
            W.Store(state, ref *c, i);
            W.Store(W.Mul(W.Sigmoid(W.Load(ref *output, i)), W.Tanh(state)), ref *h, i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Gru<W, V>(float* ofInput, float* ofState, float* h, float* result, nint z, nint r, nint candidate, nint i, nint units)
        where W : struct, IFloatLanes<V, float>
    {
        for (; i + W.Count <= units; i += W.Count)
        {
            var update = W.Sigmoid(W.Add(W.Load(ref *ofInput, z + i), W.Load(ref *ofState, z + i)));
            var reset = W.Sigmoid(W.Add(W.Load(ref *ofInput, r + i), W.Load(ref *ofState, r + i)));
            var value = W.Tanh(W.Add(W.Load(ref *ofInput, candidate + i), W.Mul(reset, W.Load(ref *ofState, candidate + i))));
            W.Store(W.Add(W.Mul(update, W.Load(ref *h, i)), W.Mul(W.Sub(W.One, update), value)), ref *result, i);
        }
        return i;
    }
}
