using Engine.OpModel;
using Engine.Ops.ControlFlow;
using Engine.Ops.Gemm;
using Engine.Ops.TensorLists;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// A loop over the steps of an LSTM or a GRU as one kernel: the inputs of all steps are multiplied at once, the steps follow without a node between them. What does not
/// look as expected when it runs is left to the loop as it is written.
/// </summary>
internal sealed unsafe class RecurrentKernel : Kernel
{
    private readonly RecurrentLoop loop;
    private readonly DType[] types;
    private readonly FunctionHandle condition;
    private readonly FunctionHandle body;
    private readonly RecurrentWeights weights;
    private readonly int[] shapes;
    private readonly bool[] isNeeded;

    internal RecurrentKernel(KernelBuilder node, RecurrentLoop loop, DType[] types)
    {
        this.loop = loop;
        this.types = types;
        (condition, body) = node.Loop("cond", "body");
        weights = new RecurrentWeights(loop.Weights, loop.RecurrentWeights, loop.Bias, loop.RecurrentBias, loop.Order, loop.IsLstm ? 4 : 2);
        shapes = new int[types.Length];
        var next = types.Length;
        for (var i = 0; i < types.Length; i++)
            shapes[i] = types[i] == DType.Variant ? next++ : -1;
        isNeeded = [.. Enumerable.Range(0, types.Length + 1).Select(node.IsNeeded)];
    }

    public override bool IsSequential => true;

    public override void Compute(KernelContext context)
    {
        if (Steps(context) is not { } steps || !Fits(context, steps))
        {
            ComputeStepByStep(context);
            return;
        }
        var first = context.Input(loop.Time).AsSpan<int>()[0];
        var x = context.Input(loop.List);
        var (batch, depth) = (x.Shape[1], x.Shape[2]);
        // Every step's state, in order: results share parts of it.
        using var states = context.Rent(DType.Float32, new Shape((steps + 1) * batch, weights.Units));
        var h = states.Pointer<float>();
        Copy(context.Input(loop.State), h);
        using var c = new Scratch<float>(loop.IsLstm ? batch * weights.Blocks * weights.Width : 0);
        if (loop.IsLstm)
            weights.ToBlocks(context.Input(loop.Cell).Pointer<float>(), c.Pointer, batch);

        using var products = new Scratch<float>(steps * batch * weights.Columns);
        var left = MatrixView<float>.Dense(x.Pointer<float>() + (first * batch * depth), steps * batch, depth);
        MatrixProduct.Multiply(steps * batch, left, weights.Input, products.Pointer, weights.Columns, false, context.Workers, new Epilogue<float>(weights.InputBias));
        var mask = loop.Mask < 0 ? null : context.Input(loop.Mask).Pointer<bool>() + (first * batch);
        var run = new RecurrentSteps(weights, products.Pointer, h, c.Pointer, mask, batch, steps, context.Cancellation);
        if (loop.IsLstm)
            run.Run<RecurrentCells.Lstm>(context.Workers);
        else
            run.Run<RecurrentCells.Gru>(context.Workers);
        using var shown = Shown(context, states, mask, steps, batch);
        Finish(context, steps, batch, states, shown, c.Pointer);
    }

    // What the layer shows after each step: its state, but where a mask leaves a row out, what it showed before or what is shown instead.
    private Tensor Shown(KernelContext context, Tensor states, bool* mask, int steps, long batch)
    {
        if (loop.Rest < 0 || !new ReadOnlySpan<bool>(mask, checked((int)(steps * batch))).Contains(false))
            return states.Share();
        var shown = states.Clone();
        var to = shown.Pointer<float>();
        var rest = context.Input(loop.Rest).Pointer<float>();
        var (units, lasts) = (weights.Units, loop.Roles[loop.Rest] == RecurrentLoop.Role.Shown);
        for (var row = 0L; row < steps * batch; row++)
        {
            if (mask[row])
                continue;
            var from = lasts && row >= batch ? to + (row * units) : rest + (row % batch * units);
            Buffer.MemoryCopy(from, to + ((row + batch) * units), units * sizeof(float), units * sizeof(float));
        }
        return shown;
    }

    private void Finish(KernelContext context, int steps, long batch, Tensor states, Tensor shown, float* cell)
    {
        for (var i = 0; i < types.Length; i++)
        {
            switch (loop.Roles[i])
            {
                case RecurrentLoop.Role.Stays when types[i] == DType.Variant:
                    context.Allocate(i, Shape.Scalar);
                    break;
                case RecurrentLoop.Role.Stays:
                    context.Forward(i, i);
                    break;
                case RecurrentLoop.Role.Counts:
                    context.Allocate(i, Shape.Scalar).AsSpan<int>()[0] = context.Input(i).AsSpan<int>()[0] + steps;
                    break;
                case RecurrentLoop.Role.State:
                    context.MoveOutput(i, states.Rows(steps * batch, batch));
                    break;
                case RecurrentLoop.Role.Shown:
                    context.MoveOutput(i, shown.Rows(steps * batch, batch));
                    break;
                case RecurrentLoop.Role.Cell:
                    weights.FromBlocks(cell, context.Allocate(i, new Shape(batch, weights.Units)).Pointer<float>(), batch);
                    break;
                default:
                    Collect(context, i, steps, batch, shown);
                    break;
            }
        }
        if (!isNeeded[types.Length] || loop.Places.Count != 1)
            context.Allocate(types.Length, new Shape(0, batch, weights.Units));
    }

    // All outputs from a place on, or the last one there: as a list, as one tensor, or both.
    private void Collect(KernelContext context, int variable, int steps, long batch, Tensor shown)
    {
        var (place, from, count) = (Place(context, variable), loop.Places[variable] < 0 ? steps : 1, context.Input(variable).AsSpan<int>()[0]);
        if (isNeeded[variable])
        {
            var list = TensorListReserve.Unset(context.PartialShape(shapes[variable]), count, DType.Float32);
            for (var t = from; t <= steps; t++)
                list.Items[place + t - from] = shown.Rows(t * batch, batch);
            context.SetList(variable, list);
        }
        else
        {
            context.Allocate(variable, Shape.Scalar);
        }
        if (!isNeeded[types.Length] || loop.Places.Count != 1)
            return;
        var shape = new Shape(count, batch, weights.Units);
        using var rows = shown.Rows(from * batch, (steps + 1 - from) * batch);
        if (count == steps + 1 - from)
        {
            context.MoveOutput(types.Length, rows.Reshape(shape));
            return;
        }
        var sequence = context.AllocateZeros(types.Length, shape);
        using var part = sequence.Rows(place, steps + 1 - from);
        part.CopyFrom(rows);
    }

    private void ComputeStepByStep(KernelContext context)
    {
        var variables = new Tensor[types.Length];
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i] = types[i] != DType.Variant ? context.Take(i)
                : Variant(loop.Roles[i] == RecurrentLoop.Role.Collects
                    ? TensorListReserve.Unset(context.PartialShape(shapes[i]), context.Int(i, "num_elements"), DType.Float32)
                    : TensorListFromTensor.RowsOf(context.Input(i), context.PartialShape(shapes[i]), context.Input(i).Type));
        }
        While.Iterate(context.Run, condition, body, variables);
        for (var i = 0; i < variables.Length; i++)
            context.MoveOutput(i, variables[i]);
        if (!isNeeded[types.Length] || loop.Places.Count != 1)
        {
            context.Allocate(types.Length, new Shape(0, 0, weights.Units));
            return;
        }
        var list = (TensorList)variables[loop.Places.Keys.Single()].AsSpan<object>()[0];
        var shape = TensorListStack.StackedShape(list, new PartialShape(-1, weights.Units));
        ListContext.CopyRows(context, list.Items, context.Allocate(types.Length, Shape.Vector(list.Items.Count).Concat(shape)));
    }

    private static Tensor Variant(TensorList list)
    {
        var scalar = Tensor.Allocate(DType.Variant, Shape.Scalar);
        scalar.AsSpan<object>()[0] = list;
        return scalar;
    }

    // How many steps there will be; null where the loop does not run or its counters are not what they should be.
    private int? Steps(KernelContext context)
    {
        var steps = int.MaxValue;
        foreach (var (value, limit) in loop.Conditions)
        {
            if (Number(value) is not { } v || Number(limit) is not { } l)
                return null;
            steps = (int)Math.Min(steps, (long)l - v);
        }
        for (var i = 0; i < types.Length; i++)
        {
            if (loop.Roles[i] is RecurrentLoop.Role.Counts or RecurrentLoop.Role.Collects && Number(i) is not >= 0)
                return null;
        }
        return steps > 0 && steps < 1 << 24 ? steps : null;

        int? Number(int variable) => context.Input(variable) is { Rank: 0, Type: DType.Int32 } t ? t.AsSpan<int>()[0] : null;
    }

    private bool Fits(KernelContext context, int steps)
    {
        var last = (long)context.Input(loop.Time).AsSpan<int>()[0] + steps;
        if (context.Input(loop.List) is not { Rank: 3, Count: > 0 } x || last > x.Shape[0] || x.Shape[2] != weights.Input.Rows || !IsElement(loop.List, x.Shape.Slice(1)))
            return false;
        var batch = x.Shape[1];
        if (loop.Mask >= 0
            && (context.Input(loop.Mask) is not { Rank: 3 } mask || last > mask.Shape[0] || mask.Shape[1] != batch || mask.Shape[2] != 1 || !IsElement(loop.Mask, mask.Shape.Slice(1))))
            return false;
        var state = new Shape(batch, weights.Units);
        foreach (var variable in (ReadOnlySpan<int>)[loop.State, loop.Cell, loop.Rest])
        {
            if (variable >= 0 && !context.Input(variable).Shape.Equals(state))
                return false;
        }
        for (var i = 0; i < types.Length; i++)
        {
            if (loop.Roles[i] == RecurrentLoop.Role.Shown && !context.Input(i).Shape.Equals(state))
                return false;
            if (loop.Roles[i] == RecurrentLoop.Role.Collects
                && (!IsElement(i, state) || Place(context, i) + (loop.Places[i] < 0 ? 0L : steps - 1L) >= context.Input(i).AsSpan<int>()[0]))
                return false;
        }
        return true;

        bool IsElement(int variable, Shape shape) => context.PartialShape(shapes[variable]).IsCompatibleWith(shape);
    }

    // Where the list of a variable gets its next element.
    private int Place(KernelContext context, int variable) => loop.Places[variable] is < 0 and var at ? -1 - at : context.Input(loop.Places[variable]).AsSpan<int>()[0];

    private static void Copy(Tensor source, float* target) => Buffer.MemoryCopy(source.Pointer<float>(), target, source.ByteLength, source.ByteLength);
}
