using Engine.Ops.Gemm;
using Engine.Runtime;
using static Engine.Ops.Nn.StepProgram;

namespace Engine.Ops.Nn;

/// <summary>A run of a program: first what all steps need, then step after step. Rows of the batch do not touch each other, so threads take some each.</summary>
internal unsafe struct StepRun : IRangeBody
{
    /// <summary>Rows that a thread takes together: their products share the weights that are loaded.</summary>
    private const int RowsTogether = 4;

    private readonly StepProgram program;
    private readonly Instruction[] instructions;
    private readonly int steps;
    private readonly long batch;

    // Of each value: its first element in the first step, and the distance of its steps.
    private readonly float** starts;
    private readonly long* strides;

    // Of each collected value its rows of the first step and the distance of steps; of each state its last rows.
    private readonly float** collected;
    private readonly long* stays;
    private readonly float** lasts;
    private readonly bool** masks;
    private readonly CancellationToken cancellation;
    private bool stopped;

    internal StepRun(StepProgram program, Instruction[] instructions, int steps, float** starts, long* strides, float** collected, long* stays, float** lasts, bool** masks, CancellationToken cancellation)
    {
        this.program = program;
        this.instructions = instructions;
        this.steps = steps;
        batch = program.Batch;
        this.starts = starts;
        this.strides = strides;
        this.collected = collected;
        this.stays = stays;
        this.lasts = lasts;
        this.masks = masks;
        this.cancellation = cancellation;
    }

    internal void Run(WorkerTeam team)
    {
        foreach (var i in program.Before)
        {
            var (x, z) = (program.Values[i.X], program.Values[i.Z]);
            if (i.Kind == Kind.Product)
                MatrixProduct.Multiply(steps * batch, new MatrixView<float>(starts[i.X], x.Row, 1), i.Packed!, starts[i.Z], z.Row, false, team);
            else
                Compute(i, x, program.Values[i.Y], z, starts[i.X], starts[i.Y], starts[i.Z], (nint)(steps * batch), 0);
        }
        team.Run((batch + RowsTogether - 1) / RowsTogether, RowsTogether * steps * program.Cost, ref this);
        if (stopped)
            throw EngineException.Cancelled("The run was cancelled.");
    }

    public void Invoke(long start, long end)
    {
        var first = start * RowsTogether;
        var rows = (nint)(Math.Min(batch, end * RowsTogether) - first);
        var values = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(program.Values);
        var count = values.Length;
        var at = new Scratch<nint>(count);
        try
        {
            var pointers = (float**)at.Pointer;
            for (var i = 0; i < count; i++)
                pointers[i] = starts[i] + (first * values[i].Row);
            for (var step = 0; step < steps; step++)
            {
                if (cancellation.IsCancellationRequested)
                {
                    stopped = true;
                    return;
                }
                foreach (ref readonly var i in instructions.AsSpan())
                    Compute(i, values[i.X], values[i.Y], values[i.Z], pointers[i.X], pointers[i.Y], pointers[i.Z], rows, (step * batch) + first);
                Keep(values, pointers, step, first, rows);
                for (var i = 0; i < count; i++)
                    pointers[i] += strides[i];
            }
        }
        finally
        {
            at.Dispose();
        }
    }

    // What a step leaves behind.
    private readonly void Keep(ReadOnlySpan<Value> values, float** pointers, int step, long first, nint rows)
    {
        for (var i = 0; i < program.Collected.Count; i++)
        {
            var index = program.Collected[i].Value;
            var columns = values[index].Columns;
            Copy(pointers[index], values[index].Row, collected[i] + (step * stays[i]) + (first * columns), columns, columns, rows);
        }
        for (var i = 0; i < program.States.Count; i++)
        {
            var (_, old, next) = program.States[i];
            var columns = values[next].Columns;
            if (step < steps - 1)
                Copy(pointers[next], values[next].Row, pointers[old], values[old].Row, columns, rows);
            else
                Copy(pointers[next], values[next].Row, lasts[i] + (first * columns), columns, columns, rows);
        }
    }

    private readonly void Compute(in Instruction i, in Value a, in Value b, in Value c, float* x, float* y, float* z, nint rows, long firstRow)
    {
        var columns = (nint)c.Columns;
        switch (i.Kind)
        {
            case Kind.Product:
                i.Weights!.Multiply(rows, x, (nint)a.Row, z, (nint)c.Row, i.X == i.Y ? null : y);
                break;
            case Kind.Function when rows == 1:
                i.Function.Run(x, y, z, columns, a.IsNumber, b.IsNumber);
                break;
            case Kind.Function when i.IsFlat:
                i.Function.Run(x, y, z, ((rows - 1) * (nint)c.Row) + columns, a.IsNumber, b.IsNumber);
                break;
            case Kind.Function:
                for (nint r = 0; r < rows; r++)
                    i.Function.Run(x + (r * a.Row), y + (r * b.Row), z + (r * c.Row), columns, a.IsNumber, b.IsNumber);
                break;
            case Kind.Choose:
                var mask = masks[i.Mask] + firstRow;
                for (nint r = 0; r < rows; r++)
                    Copy(mask[r] ? x + (r * a.Row) : y + (r * b.Row), 0, z + (r * c.Row), 0, columns, 1);
                break;
            default:
                Copy(x, a.Row, z, c.Row, columns, rows);
                break;
        }
    }

    private static void Copy(float* from, long fromRow, float* to, long toRow, long columns, nint rows)
    {
        for (nint r = 0; r < rows; r++)
            new ReadOnlySpan<float>(from + (r * fromRow), (int)columns).CopyTo(new Span<float>(to + (r * toRow), (int)columns));
    }
}
