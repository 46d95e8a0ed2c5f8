using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.TensorLists;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// A loop over the steps of an LSTM or a GRU as one kernel: the inputs of all steps are multiplied at once, a step is one product with the state and one pass over the
/// gates. What does not look as expected when it runs is left to the loop as it is written.
/// </summary>
internal sealed unsafe class RecurrentKernel : Kernel
{
    private readonly RecurrentLoop loop;
    private readonly Kernel general;
    private readonly PackedMatrix<float> weights;
    private readonly PackedMatrix<float> recurrent;

    internal RecurrentKernel(RecurrentLoop loop, Kernel general)
    {
        this.loop = loop;
        this.general = general;
        weights = Pack(loop.Weights);
        recurrent = Pack(loop.RecurrentWeights);
    }

    public override void Compute(KernelContext context)
    {
        if (Steps(context) is not { } steps || List(context, loop.List) is not { } inputs || !Fits(context, inputs, steps))
        {
            general.Compute(context);
            return;
        }
        var first = context.Input(loop.Time).AsSpan<int>()[0];
        var batch = inputs.Items[first]!.Shape[0];
        var (depth, units, gates) = (weights.Rows, recurrent.Rows, weights.Columns);
        // Every step's output, in order: lists share parts of it.
        using var outputs = Tensor.Allocate(DType.Float32, new Shape((steps + 1) * batch, units));
        var h = outputs.Pointer<float>();
        Copy(context.Input(loop.Output), h);
        using var cell = loop.IsLstm ? Tensor.Allocate(DType.Float32, new Shape(batch, units)) : null;
        if (cell is not null)
            Copy(context.Input(loop.Cell), cell.Pointer<float>());

        using var x = new Scratch<float>(steps * batch * depth);
        for (var t = 0; t < steps; t++)
            Copy(inputs.Items[first + t]!, x.Pointer + (t * batch * depth));
        using var products = new Scratch<float>(steps * batch * gates);
        MatrixProduct.Multiply(steps * batch, MatrixView<float>.Dense(x.Pointer, steps * batch, depth), weights, products.Pointer, gates, false, context.Workers, End(loop.Bias));
        using var sums = new Scratch<float>(batch * gates);
        var end = End(loop.RecurrentBias);
        for (var t = 0; t < steps; t++)
        {
            if (context.Cancellation.IsCancellationRequested)
                throw EngineException.Cancelled("The run was cancelled.");
            var step = products.Pointer + (t * batch * gates);
            var next = h + (batch * units);
            var left = MatrixView<float>.Dense(h, batch, units);
            if (cell is not null)
                end = new Epilogue<float>(null, addend: step, addendRow: gates);
            MatrixProduct.Multiply(batch, left, recurrent, sums.Pointer, gates, false, context.Workers, end);
            for (var i = 0L; i < batch; i++)
            {
                if (cell is not null)
                    RecurrentGates.Lstm(sums.Pointer + (i * gates), cell.Pointer<float>() + (i * units), next + (i * units), (nint)units, loop.Order);
                else
                    RecurrentGates.Gru(step + (i * gates), sums.Pointer + (i * gates), h + (i * units), next + (i * units), (nint)units, loop.Order);
            }
            h = next;
        }
        Finish(context, steps, batch, outputs, cell);
    }

    private void Finish(KernelContext context, int steps, long batch, Tensor outputs, Tensor? cell)
    {
        // Read before what it says is moved on.
        var places = loop.Places.ToDictionary(p => p.Key, p => p.Value < 0 ? -1 - p.Value : context.Input(p.Value).AsSpan<int>()[0]);
        for (var i = 0; i < loop.Roles.Length; i++)
        {
            switch (loop.Roles[i])
            {
                case RecurrentLoop.Role.Stays:
                    context.Forward(i, i);
                    break;
                case RecurrentLoop.Role.Counts:
                    context.MoveOutput(i, Tensor.Scalar(context.Input(i).AsSpan<int>()[0] + steps));
                    break;
                case RecurrentLoop.Role.Output:
                    context.MoveOutput(i, outputs.Rows(steps * batch, batch));
                    break;
                case RecurrentLoop.Role.Cell:
                    context.SetOutput(i, cell!);
                    break;
                default:
                    Collect(context, i, places[i], loop.Places[i] < 0 ? steps : 1, steps, batch, outputs);
                    break;
            }
        }
    }

    // All outputs from a place on, or the last one there.
    private static void Collect(KernelContext context, int variable, int place, int from, int steps, long batch, Tensor outputs)
    {
        var list = List(context, variable)!;
        if (context.IsExclusive(variable))
        {
            context.Forward(variable, variable);
        }
        else
        {
            list = list.Copy();
            context.SetList(variable, list);
        }
        for (var t = from; t <= steps; t++)
        {
            list.Items[place]?.Dispose();
            list.Items[place++] = outputs.Rows(t * batch, batch);
        }
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
        for (var i = 0; i < loop.Roles.Length; i++)
        {
            if (loop.Roles[i] == RecurrentLoop.Role.Counts && Number(i) is not >= 0)
                return null;
        }
        return steps > 0 && steps < 1 << 24 ? steps : null;

        int? Number(int variable) => context.Input(variable) is { Rank: 0, Type: DType.Int32 } t ? t.AsSpan<int>()[0] : null;
    }

    private bool Fits(KernelContext context, TensorList inputs, int steps)
    {
        var first = context.Input(loop.Time).AsSpan<int>()[0];
        if (inputs.ElementType != DType.Float32 || first < 0 || (long)first + steps > inputs.Items.Count || inputs.Items[first] is not { Rank: 2, Count: > 0 } item || item.Shape[1] != weights.Rows)
            return false;
        for (var t = 1; t < steps; t++)
        {
            if (inputs.Items[first + t]?.Shape.Equals(item.Shape) != true)
                return false;
        }
        var state = new Shape(item.Shape[0], recurrent.Rows);
        if (!context.Input(loop.Output).Shape.Equals(state) || (loop.IsLstm && !context.Input(loop.Cell).Shape.Equals(state)))
            return false;
        foreach (var (variable, place) in loop.Places)
        {
            if (List(context, variable) is not { ElementType: DType.Float32 } list || !list.ElementShape.IsCompatibleWith(state)
                || (place < 0 ? -1L - place : context.Input(place).AsSpan<int>()[0] + steps - 1L) >= list.Items.Count)
                return false;
        }
        return true;
    }

    private static TensorList? List(KernelContext context, int variable)
        => context.Input(variable) is { Rank: 0, Type: DType.Variant } t ? t.AsSpan<object>()[0] as TensorList : null;

    private static Epilogue<float> End(Tensor? bias) => bias is null ? default : new Epilogue<float>(bias.Pointer<float>());

    private static PackedMatrix<float> Pack(Tensor matrix)
        => new(MatrixView<float>.Dense(matrix.Pointer<float>(), matrix.Shape[0], matrix.Shape[1]), matrix.Shape[0], matrix.Shape[1]);

    private static void Copy(Tensor source, float* target) => Buffer.MemoryCopy(source.Pointer<float>(), target, source.ByteLength, source.ByteLength);
}
