using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.TensorLists;
using Engine.Runtime;
using Engine.Tensors;
using static Engine.Ops.Nn.StepProgram;

namespace Engine.Ops.Nn;

/// <summary>
/// A loop over the steps of any recurrent cells as one kernel: a program (<see cref="StepProgram"/>) in place of nodes. What does not look as expected when it runs is
/// left to the loop as it is written.
/// </summary>
internal sealed unsafe class StepLoopKernel : Kernel
{
    private readonly StepLoop loop;
    private readonly Kernel written;
    private readonly bool[] isNeeded;
    private readonly Dictionary<(RewriteValue, long, bool), object> packed = [];
    private volatile Program? last;

    private StepLoopKernel(StepLoop loop, Kernel written, bool[] isNeeded) => (this.loop, this.written, this.isNeeded) = (loop, written, isNeeded);

    /// <summary>The kernel of a loop: of its program where it has one, else of the loop as it is written.</summary>
    internal static Kernel Make(KernelBuilder node, LoopInside? inside, Func<Kernel> written)
    {
        var loop = inside is null ? null : StepLoop.Find(inside);
        var kernel = written();
        return loop is null || kernel is AsyncKernel ? kernel : new StepLoopKernel(loop, kernel, [.. Enumerable.Range(0, node.OutputCount).Select(node.IsNeeded)]);
    }

    /// <summary>Even where it reads and writes arrays: the flow says who comes before and after.</summary>
    public override bool IsSequential => true;

    public override void Compute(KernelContext context)
    {
        if (Steps(context) is not { } steps)
        {
            written.Compute(context);
            return;
        }
        var sources = new StepSource[loop.Reads.Count];
        try
        {
            for (var i = 0; i < sources.Length; i++)
            {
                var (source, place) = loop.Reads[i];
                if (StepSource.Find(context, source, Start(context, place), steps) is not { } found)
                {
                    written.Compute(context);
                    return;
                }
                sources[i] = found;
            }
            if (Find(context, sources) is not { } program || Targets(context, program, sources, steps) is not { } targets)
            {
                written.Compute(context);
                return;
            }
            Run(context, program, sources, targets, steps);
        }
        finally
        {
            foreach (var s in sources)
                s?.Dispose();
        }
    }

    private static int Start(KernelContext context, int counter) => context.Input(counter).AsSpan<int>()[0];

    // How many steps there will be; null where the loop does not run or its counters are not what they should be.
    private int? Steps(KernelContext context)
    {
        var steps = int.MaxValue;
        foreach (var (value, argument, number) in loop.Limits)
        {
            if (Number(value) is not { } v || (argument < 0 ? number : Number(argument)) is not { } limit)
                return null;
            steps = (int)Math.Min(steps, (long)limit - v);
        }
        for (var i = 0; i < loop.Roles.Length; i++)
        {
            if (loop.Roles[i] == StepLoop.Role.Counts && Number(i) is not (>= 0 and < 1 << 24))
                return null;
        }
        return steps > 0 && steps < 1 << 24 ? steps : null;

        int? Number(int input) => context.Input(input) is { Rank: 0, Type: DType.Int32 } t ? t.AsSpan<int>()[0] : null;
    }

    // The program for the arguments' shapes: the last one, or a new one.
    private Program? Find(KernelContext context, StepSource[] sources)
    {
        var shapes = new Shape[context.InputCount];
        for (var i = 0; i < shapes.Length; i++)
            shapes[i] = context.Input(i).Shape;
        for (var i = 0; i < sources.Length; i++)
            shapes[loop.Reads[i].Source] = sources[i].Shape;
        if (last is { } known && known.Shapes.AsSpan().SequenceEqual(shapes))
            return known.Steps is null ? null : known;
        lock (packed)
        {
            var made = StepProgramBuilder.Build(loop, shapes, packed);
            var program = new Program(shapes, made, made is null ? [] : [.. made.Steps]);
            last = program;
            return made is null ? null : program;
        }
    }

    // Where collected elements go, each a list or an array that takes them; null where one does not.
    private StepTarget[]? Targets(KernelContext context, Program program, StepSource[] sources, int steps)
    {
        var collected = program.Steps!.Collected;
        var targets = new StepTarget[collected.Count];
        for (var i = 0; i < targets.Length; i++)
        {
            var (variable, value) = collected[i];
            var result = loop.Results[variable];
            var shape = new Shape(program.Steps.Batch, program.Steps.Values[value].Columns);
            var first = result.Counter < 0 ? result.Place : Start(context, result.Counter);
            if (StepTarget.Find(context, result.Target, first, result.Counter < 0 ? 1 : steps, shape) is not { } found || Array.Exists(sources, s => s.Holder == found.Holder))
                return null;
            targets[i] = found;
        }
        return targets;
    }

    private void Run(KernelContext context, Program made, StepSource[] sources, StepTarget[] targets, int steps)
    {
        var program = made.Steps!;
        var (batch, values) = (program.Batch, program.Values);
        using var results = new Scratch<float>(checked((program.StepsRoom * steps * batch) + (program.StepRoom * batch)));
        using var table = new Scratch<nint>((2 * values.Count) + (2 * targets.Length) + program.States.Count + program.Masks.Count);
        var starts = (float**)table.Pointer;
        var strides = (long*)(starts + values.Count);
        var collected = starts + (2 * values.Count);
        var stays = (long*)(collected + targets.Length);
        var lasts = collected + (2 * targets.Length);
        var masks = (bool**)(lasts + program.States.Count);
        foreach (var s in sources)
            s.Gather(steps);
        var ofStep = results.Pointer + (program.StepsRoom * steps * batch);
        for (var i = 0; i < values.Count; i++)
        {
            var v = values[i];
            starts[i] = v.Column + v.Place switch
            {
                Place.Constant => v.Tensor!.Pointer<float>(),
                Place.Argument => context.Input(v.Index).Pointer<float>(),
                Place.Read => (float*)sources[v.Index].Data,
                Place.Steps => results.Pointer + (v.Offset * steps * batch),
                _ => ofStep + (v.Offset * batch),
            };
            strides[i] = v.Moves ? batch * v.Row : 0;
        }
        // Beyond the last column of a row there is nothing of a meaning, but what is there takes part.
        new Span<float>(ofStep, checked((int)(program.StepRoom * batch))).Clear();
        using var truths = new Scratch<bool>(program.Masks.Count * steps * batch);
        for (var i = 0; i < program.Masks.Count; i++)
            masks[i] = program.Masks[i].Read >= 0 ? (bool*)sources[program.Masks[i].Read].Data : Compare(context, program.Masks[i], truths.Pointer + (i * steps * batch), steps, batch);
        for (var i = 0; i < targets.Length; i++)
        {
            collected[i] = targets[i].Allocate();
            stays[i] = targets[i].Stride(steps);
        }
        for (var i = 0; i < program.States.Count; i++)
        {
            var (variable, old, next) = program.States[i];
            var (columns, row) = (values[old].Columns, values[old].Row);
            for (var r = 0L; r < batch; r++)
                new ReadOnlySpan<float>(context.Input(variable).Pointer<float>() + (r * columns), (int)columns).CopyTo(new Span<float>(starts[old] + (r * row), (int)columns));
            lasts[i] = context.Allocate(variable, batch, columns).Pointer<float>();
        }
        new StepRun(program, made.Instructions, steps, starts, strides, collected, stays, lasts, masks, context.Cancellation).Run(context.Workers);
        Finish(context, program, targets, steps);
    }

    private static bool* Compare(KernelContext context, Mask mask, bool* result, int steps, long batch)
    {
        var limits = context.Input(mask.Limits).AsSpan<int>();
        var start = Start(context, mask.Counter);
        for (var step = 0; step < steps; step++)
        {
            for (var row = 0; row < batch; row++)
                result[(step * batch) + row] = start + step < limits[row] == mask.IsLess;
        }
        return result;
    }

    private void Finish(KernelContext context, StepProgram program, StepTarget[] targets, int steps)
    {
        for (var i = 0; i < targets.Length; i++)
            targets[i].Finish(context, program.Collected[i].Variable, steps);
        for (var i = 0; i < loop.Roles.Length; i++)
        {
            if (loop.Roles[i] == StepLoop.Role.Stays)
            {
                // What was read and nobody asks for any more is free at once.
                if (!isNeeded[i] && context.Input(i) is { Type: DType.Variant, Rank: 0 } variant && context.IsExclusive(i) && variant.AsSpan<object>()[0] is TensorList list)
                    list.Take()?.Dispose();
                context.Forward(i, i);
            }
            else if (loop.Roles[i] == StepLoop.Role.Counts)
                context.Allocate(i, Shape.Scalar).AsSpan<int>()[0] = Start(context, i) + steps;
        }
    }

    private sealed record Program(Shape[] Shapes, StepProgram? Steps, Instruction[] Instructions);
}
