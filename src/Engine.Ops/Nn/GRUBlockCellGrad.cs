using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The gradient of one step of a GRU: of its inputs and of the sums of its gates.</summary>
[Op("GRUBlockCellGrad")]
internal sealed unsafe class GRUBlockCellGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (x, h) = (c.Input(0, 2), c.Input(1, 2));
        c.SetOutput(0, x);
        c.SetOutput(1, new PartialShape(x[0], h[1]));
        c.SetOutput(2, new PartialShape(x[0], h[1]));
        c.SetOutput(3, new PartialShape(x[0], h[1] < 0 ? -1 : h[1] * 2));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T") != DType.Float32)
            throw node.NoKernel();
        return Kernel.From(Compute);
    }

    private static void Compute(KernelContext context)
    {
        var (batch, depth, units) = GRUBlockCell.Sizes(context);
        for (var i = 6; i < 10; i++)
            LstmBlock.Check($"Input {i}", context.Input(i), batch, units);
        var state = new Shape(batch, units);
        float* dX = context.AllocateZeros(0, new Shape(batch, depth)).Pointer<float>(), dOld = context.Allocate(1, state).Pointer<float>();
        float* dC = context.Allocate(2, state).Pointer<float>(), dGates = context.Allocate(3, new Shape(batch, units * 2)).Pointer<float>();
        if (state.Count == 0)
            return;
        float* old = context.Input(1).Pointer<float>(), r = context.Input(6).Pointer<float>(), u = context.Input(7).Pointer<float>(), c = context.Input(8).Pointer<float>();
        float* dH = context.Input(9).Pointer<float>(), w = context.Input(2).Pointer<float>(), v = context.Input(3).Pointer<float>();
        for (var i = 0L; i < state.Count; i++)
            dC[i] = dH[i] * (1 - u[i]) * (1 - (c[i] * c[i]));
        using var reset = new Scratch<float>(state.Count);
        var ofC = MatrixView<float>.Dense(dC, batch, units);
        MatrixProduct.Multiply(batch, depth, units, ofC, MatrixView<float>.Dense(v, depth, units).Transposed, dX, depth, false, context.Workers);
        MatrixProduct.Multiply(batch, units, units, ofC, MatrixView<float>.Dense(v + (depth * units), units, units).Transposed, reset.Pointer, units, false, context.Workers);
        for (var i = 0L; i < state.Count; i++)
        {
            var gates = dGates + (i / units * 2 * units) + (i % units);
            gates[0] = reset.Pointer[i] * old[i] * r[i] * (1 - r[i]);
            gates[units] = dH[i] * (old[i] - c[i]) * u[i] * (1 - u[i]);
            dOld[i] = (reset.Pointer[i] * r[i]) + (dH[i] * u[i]);
        }
        var ofGates = MatrixView<float>.Dense(dGates, batch, units * 2);
        MatrixProduct.Multiply(batch, depth, units * 2, ofGates, MatrixView<float>.Dense(w, depth, units * 2).Transposed, dX, depth, true, context.Workers);
        MatrixProduct.Multiply(batch, units, units * 2, ofGates, MatrixView<float>.Dense(w + (depth * units * 2), units, units * 2).Transposed, dOld, units, true, context.Workers);
    }
}
