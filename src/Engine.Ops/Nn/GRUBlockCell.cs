using System.Runtime.Intrinsics;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Ops.Lanes.Functions;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>One step of a GRU whose reset gate acts on the state before the product: r, u = σ([x, h] W), c = tanh([x, r · h] V), h = u · h + (1 - u) · c.</summary>
[Op("GRUBlockCell")]
internal sealed unsafe class GRUBlockCell : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var state = new PartialShape(c.Input(0, 2)[0], c.Input(1, 2)[1]);
        for (var i = 0; i < 4; i++)
            c.SetOutput(i, state);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T") != DType.Float32)
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var (batch, depth, units) = Sizes(context);
            var state = new Shape(batch, units);
            float* r = context.Allocate(0, state).Pointer<float>(), u = context.Allocate(1, state).Pointer<float>();
            float* c = context.Allocate(2, state).Pointer<float>(), h = context.Allocate(3, state).Pointer<float>();
            if (state.Count == 0)
                return;
            var old = context.Input(1).Pointer<float>();
            using var gates = new Scratch<float>(state.Count * 2);
            Product(context, batch, depth, units, 2 * units, old, context.Input(2), context.Input(4), gates.Pointer);
            for (var row = 0L; row < batch; row++)
            {
                Map<Sigmoid>(gates.Pointer + (row * 2 * units), r + (row * units), (nint)units);
                Map<Sigmoid>(gates.Pointer + (((row * 2) + 1) * units), u + (row * units), (nint)units);
            }
            for (var i = 0L; i < state.Count; i++)
                gates.Pointer[i] = r[i] * old[i];
            Product(context, batch, depth, units, units, gates.Pointer, context.Input(3), context.Input(5), c);
            Map<Tanh>(c, c, (nint)state.Count);
            for (var i = 0L; i < state.Count; i++)
                h[i] = (u[i] * old[i]) + ((1 - u[i]) * c[i]);
        });
    }

    /// <summary>Sizes of a step: rows, columns of x, units.</summary>
    internal static (long Batch, long Depth, long Units) Sizes(KernelContext context)
    {
        ReadOnlySpan<string> names = ["x", "h_prev", "w_ru", "w_c", "b_ru", "b_c"];
        for (var i = 0; i < names.Length; i++)
        {
            var rank = i < 4 ? 2 : 1;
            if (context.Input(i).Rank != rank)
                throw EngineException.InvalidArgument($"Rank of {names[i]} must be {rank}, got {context.Input(i).Rank}");
        }
        var (batch, depth, units) = (context.Input(0).Shape[0], context.Input(0).Shape[1], context.Input(1).Shape[1]);
        LstmBlock.Check("h_prev", context.Input(1), batch, units);
        LstmBlock.Check("w_ru", context.Input(2), depth + units, units * 2);
        LstmBlock.Check("w_c", context.Input(3), depth + units, units);
        LstmBlock.Check("b_ru", context.Input(4), units * 2);
        LstmBlock.Check("b_c", context.Input(5), units);
        return (batch, depth, units);
    }

    // [x, state] w + b.
    private static void Product(KernelContext context, long batch, long depth, long units, long columns, float* state, Tensor weights, Tensor bias, float* result)
    {
        var (w, team) = (MatrixView<float>.Dense(weights.Pointer<float>(), depth + units, columns), context.Workers);
        var b = bias.AsSpan<float>();
        for (var row = 0L; row < batch; row++)
            b.CopyTo(new Span<float>(result + (row * columns), b.Length));
        MatrixProduct.Multiply(batch, columns, depth, MatrixView<float>.Dense(context.Input(0).Pointer<float>(), batch, depth), w, result, columns, true, team);
        MatrixProduct.Multiply(batch, columns, units, MatrixView<float>.Dense(state, batch, units), new MatrixView<float>(w.At(depth, 0), columns, 1), result, columns, true, team);
    }

    // The function of each element.
    private static void Map<F>(float* from, float* to, nint count)
        where F : struct, IFloatFunction
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
            i = Map<Lanes512<float>, Vector512<float>, F>(from, to, i, count);
        if (Vector256.IsHardwareAccelerated)
            i = Map<Lanes256<float>, Vector256<float>, F>(from, to, i, count);
        if (Vector128.IsHardwareAccelerated)
            i = Map<Lanes128<float>, Vector128<float>, F>(from, to, i, count);
        Map<ScalarLanes<float>, float, F>(from, to, i, count);
    }

    private static nint Map<W, V, F>(float* from, float* to, nint i, nint count)
        where W : struct, IFloatLanes<V, float>
        where F : struct, IFloatFunction
    {
        for (; i + W.Count <= count; i += W.Count)
            W.Store(F.Single<W, V>(W.Load(ref *from, i)), ref *to, i);
        return i;
    }
}
