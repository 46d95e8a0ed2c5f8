using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>
/// A part of a plan that acts on each row of its inputs alone, run for a few rows at a time: what flows inside then stays in a core's cache. With several threads
/// each takes slices of its own, and the steps inside stay on its thread.
/// </summary>
/// <param name="plan">The part.</param>
/// <param name="rows">The dimensions of a row of each output.</param>
/// <param name="rowBytes">The most bytes of a row that one step reads and writes.</param>
internal sealed class SliceKernel(Plan plan, long[][] rows, long rowBytes) : Kernel
{
    /// <summary>What a step of a slice reads and writes should stay in half of a core's second cache, which rarely has less than a megabyte.</summary>
    private const long SliceBytes = 512 << 10;

    public override void Compute(KernelContext context)
    {
        var count = CountRows(context);
        var threads = context.Workers.AvailableThreads;
        var most = Math.Max(1, SliceBytes / Math.Max(1, rowBytes));
        var slice = Math.Min(most, (count + threads - 1) / threads);
        var slices = slice > 0 ? (count + slice - 1) / slice : 0;
        // Rows that do not come out even leave threads idle: then it is one slice after the other, each by all threads.
        var isEven = (slices + threads - 1) / threads * threads * 4 <= slices * 5;
        if (!isEven)
        {
            slice = most;
            slices = (count + slice - 1) / slice;
        }
        if (slices < 2)
        {
            RunWhole(context);
            return;
        }
        for (var i = 0; i < rows.Length; i++)
            context.Allocate(i, new Shape([count, .. rows[i]]));
        // Who watches the steps wants to see them one after the other.
        var isParallel = isEven && threads > 1 && context.Run.Observer is null;
        var body = new Slices(this, context, isParallel ? null : context.Cache, count, slice);
        if (isParallel)
            context.Workers.Run(slices, slice * rowBytes, ref body);
        else
            body.Invoke(0, slices);
    }

    /// <summary>How many rows all inputs have, or 0 when they are not the same: then broadcasting, or an error, is up to the steps.</summary>
    private static long CountRows(KernelContext context)
    {
        var count = context.Input(0).Rank > 0 ? context.Input(0).Shape[0] : 0;
        for (var i = 1; i < context.InputCount; i++)
        {
            if (context.Input(i).Rank == 0 || context.Input(i).Shape[0] != count)
                return 0;
        }
        return count;
    }

    private void RunWhole(KernelContext context)
    {
        var arguments = new Tensor[context.InputCount];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = context.Take(i);
        var results = new Tensor[rows.Length];
        plan.RunPart(context.Run, context.Cache, arguments, [], results);
        for (var i = 0; i < results.Length; i++)
            context.MoveOutput(i, results[i]);
    }

    private void RunSlice(KernelContext context, TensorCache? memory, long start, long count)
    {
        var arguments = new Tensor[context.InputCount];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = context.Input(i).Rows(start, count);
        var places = new Tensor[rows.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = context.Output(i)!.Rows(start, count);
        var results = new Tensor[rows.Length];
        plan.RunPart(context.Run, memory, arguments, places, results);
        for (var i = 0; i < results.Length; i++)
        {
            if (!results[i].Shape.Equals(places[i].Shape))
                throw EngineException.Internal($"Rows {start} to {start + count} of output {i} have shape {results[i].Shape}, not {places[i].Shape}.");
            if (!ReferenceEquals(results[i].Buffer, places[i].Buffer))
                places[i].CopyFrom(results[i]);
            results[i].Dispose();
            places[i].Dispose();
        }
    }

    private readonly struct Slices(SliceKernel kernel, KernelContext context, TensorCache? memory, long count, long slice) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            for (var i = start; i < end; i++)
                kernel.RunSlice(context, memory, i * slice, Math.Min(slice, count - (i * slice)));
        }
    }
}
