using System.Runtime.Intrinsics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>What the ops of LSTM cells share: sizes, one step forward and one back. Gates are i, c, f, o in the weights, or i, f, c, o in the ops' second version.</summary>
internal sealed unsafe class LstmBlock
{
    private readonly float forgetBias;
    private readonly float clip;
    private readonly bool usesPeephole;
    private readonly int candidate;
    private readonly int forget;

    internal LstmBlock(KernelBuilder node)
    {
        var second = node.Node.Op.EndsWith("V2", StringComparison.Ordinal);
        (candidate, forget) = second ? (2, 1) : (1, 2);
        forgetBias = node.Find("forget_bias")?.AsFloat() ?? 0;
        clip = node.Find("cell_clip")?.AsFloat() ?? 0;
        usesPeephole = node.Find("use_peephole")?.AsBool() ?? false;
        if (node.Type("T") is not (DType.Float32 or DType.Float16))
            throw node.NoKernel();
    }

    /// <summary>Sizes of a step, from the inputs from x on: x, cs_prev, h_prev, w, wci, wcf, wco, b.</summary>
    internal (int Batch, int Depth, int Units) Sizes(KernelContext context, int first, int rank)
    {
        var (x, w) = (context.Input(first).Shape, context.Input(first + 3).Shape);
        if (x.Rank != rank)
            throw EngineException.InvalidArgument($"x must be {rank}D, got shape {x}");
        if (w.Rank != 2)
            throw EngineException.InvalidArgument("w must be 2D");
        var (batch, depth, state) = (x[rank - 2], x[rank - 1], context.Input(first + 1).Shape);
        if (state.Rank != 2 || state[0] != batch)
            throw EngineException.InvalidArgument($"cs_prev must have {batch} rows, got shape {state}");
        var units = state[1];
        Check("h_prev", context.Input(first + 2), batch, units);
        if (w[0] != depth + units)
            throw EngineException.InvalidArgument($"w.dim_size(0) != input_size + cell_size: {w[0]} vs. {depth + units}");
        if (w[1] != units * 4)
            throw EngineException.InvalidArgument($"w.dim_size(1) != cell_size * 4: {w[1]} vs. {units * 4}");
        // A single step does not look at the length of what it does not use.
        for (var i = first + 4; i < first + 7; i++)
        {
            if (context.Input(i).Rank != 1)
                throw EngineException.InvalidArgument($"A peephole's weights must be 1D, got shape {context.Input(i).Shape}");
            if (usesPeephole || rank == 3)
                Check("A peephole's weights", context.Input(i), units);
        }
        Check("b", context.Input(first + 7), units * 4);
        return checked(((int)batch, (int)depth, (int)units));
    }

    /// <summary>That an input has these dimensions.</summary>
    internal static void Check(string name, Tensor tensor, params ReadOnlySpan<long> dims)
    {
        if (!tensor.Shape.Dims.SequenceEqual(dims))
            throw EngineException.InvalidArgument($"{name} must have shape {new Shape(dims)}, got {tensor.Shape}");
    }

    /// <summary>One step: gates of x and h with the weights, then what each unit makes of them. Outputs are i, cs, f, o, ci, co, h.</summary>
    internal void Step(int batch, int depth, int units, float* x, float* oldC, float* oldH, float* w, float* wci, float* wcf, float* wco, float* b, float*[] outputs, float* gates, WorkerTeam team)
    {
        MatrixProduct.Multiply(batch, 4L * units, depth, MatrixView<float>.Dense(x, batch, depth), MatrixView<float>.Dense(w, depth, 4 * units), gates, 4 * units, false, team);
        MatrixProduct.Multiply(batch, 4L * units, units, MatrixView<float>.Dense(oldH, batch, units), MatrixView<float>.Dense(w + ((long)depth * 4 * units), units, 4 * units), gates, 4 * units, true, team);
        for (var row = 0; row < batch; row++)
        {
            nint at = (nint)row * units, i = 0;
            var z = gates + (4 * at);
            if (Vector512.IsHardwareAccelerated)
                i = Row<Lanes512<float>, Vector512<float>>(z, b, oldC + at, wci, wcf, wco, outputs, at, i, units);
            if (Vector256.IsHardwareAccelerated)
                i = Row<Lanes256<float>, Vector256<float>>(z, b, oldC + at, wci, wcf, wco, outputs, at, i, units);
            if (Vector128.IsHardwareAccelerated)
                i = Row<Lanes128<float>, Vector128<float>>(z, b, oldC + at, wci, wcf, wco, outputs, at, i, units);
            Row<ScalarLanes<float>, float>(z, b, oldC + at, wci, wcf, wco, outputs, at, i, units);
        }
    }

    private nint Row<W, V>(float* z, float* b, float* oldC, float* wci, float* wcf, float* wco, float*[] outputs, nint at, nint i, nint units)
        where W : struct, IFloatLanes<V, float>
    {
        for (; i + W.Count <= units; i += W.Count)
        {
            var old = W.Load(ref *oldC, i);
            V inputSum = Sum(0, i), forgetSum = W.Add(Sum(forget * units, i), W.Broadcast(forgetBias)), outputSum = Sum(3 * units, i);
            if (usesPeephole)
            {
                inputSum = W.Fma(old, W.Load(ref *wci, i), inputSum);
                forgetSum = W.Fma(old, W.Load(ref *wcf, i), forgetSum);
            }
            V input = W.Sigmoid(inputSum), kept = W.Sigmoid(forgetSum), value = W.Tanh(Sum(candidate * units, i));
            var cell = W.Add(W.Mul(kept, old), W.Mul(input, value));
            if (clip > 0)
                cell = W.Max(W.Broadcast(-clip), W.Min(W.Broadcast(clip), cell));
            if (usesPeephole)
                outputSum = W.Fma(cell, W.Load(ref *wco, i), outputSum);
            V shown = W.Sigmoid(outputSum), curve = W.Tanh(cell);
            W.Store(input, ref *outputs[0], at + i);
            W.Store(cell, ref *outputs[1], at + i);
            W.Store(kept, ref *outputs[2], at + i);
            W.Store(shown, ref *outputs[3], at + i);
            W.Store(value, ref *outputs[4], at + i);
            W.Store(curve, ref *outputs[5], at + i);
            W.Store(W.Mul(shown, curve), ref *outputs[6], at + i);
        }
        return i;

        V Sum(nint gate, nint unit) => W.Add(W.Load(ref *z, gate + unit), W.Load(ref *b, gate + unit));
    }

    /// <summary>
    /// One step back: from the gradients of cs and h those of the gates' sums and of cs_prev; those of the peepholes are added up. Forward are i, cs, f, o, ci, co.
    /// </summary>
    internal void StepBack(int batch, int units, float* oldC, float*[] forward, float* wci, float* wcf, float* wco, float* dC, float* dH, float* dGates, float* dOldC, float* dWci, float* dWcf, float* dWco)
    {
        for (var row = 0L; row < batch; row++)
        {
            var gates = dGates + (row * 4 * units);
            for (var unit = 0L; unit < units; unit++)
            {
                var at = (row * units) + unit;
                float i = forward[0][at], c = forward[1][at], f = forward[2][at], o = forward[3][at], ci = forward[4][at], co = forward[5][at], old = oldC[at];
                var dO = o * (1 - o) * dH[at] * co;
                var dCell = ((1 - (co * co)) * dH[at] * o) + dC[at];
                if (usesPeephole)
                    dCell += dO * wco[unit];
                var dCandidate = (1 - (ci * ci)) * dCell * i;
                var dF = f * (1 - f) * dCell * old;
                var dI = i * (1 - i) * dCell * ci;
                var dOld = dCell * f;
                if (usesPeephole)
                {
                    dOld += (dI * wci[unit]) + (dF * wcf[unit]);
                    dWci[unit] += dI * old;
                    dWcf[unit] += dF * old;
                    dWco[unit] += dO * c;
                }
                dOldC[at] = dOld;
                gates[unit] = dI;
                gates[(candidate * units) + unit] = dCandidate;
                gates[(forget * units) + unit] = dF;
                gates[(3 * units) + unit] = dO;
            }
        }
    }
}
