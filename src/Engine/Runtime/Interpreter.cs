using System.Diagnostics;

namespace Engine.Runtime;

/// <summary>Runs a straight-line plan: one step after the other, no readiness to count, no dictionary, no allocation per node.</summary>
internal static class Interpreter
{
    /// <summary>How many steps run between two looks at the cancellation token.</summary>
    private const int CancellationInterval = 32;

    internal static void Run(Plan plan, Plan.Frame frame, RunContext run, ReadOnlySpan<Tensor> feeds, Span<Tensor> results)
    {
        var values = frame.Values;
        var context = frame.Context;
        var steps = plan.Steps;
        var current = 0;
        context.Run = run;
        for (var i = 0; i < feeds.Length; i++)
            values[plan.FeedSlots[i]] = feeds[i];
        try
        {
            if (run.Observer is { } observer)
                RunObserved(steps, frame, observer, ref current);
            else
                RunSteps(steps, frame, ref current);
            Collect(plan, values, results);
        }
        catch (Exception e)
        {
            var failed = current < steps.Length ? StepError.Wrap(e, steps[current], values) : e;
            Clear(plan, frame);
            if (ReferenceEquals(failed, e))
                throw;
            throw failed;
        }
    }

    private static void RunSteps(Step[] steps, Plan.Frame frame, ref int current)
    {
        var values = frame.Values;
        var context = frame.Context;
        var cache = frame.Cache;
        for (var i = 0; i < steps.Length; i++)
        {
            current = i;
            if (i % CancellationInterval == 0)
                Cancellation.Check(context.Run);
            var step = steps[i];
            context.Step = step;
            step.Kernel.Compute(context);
            foreach (var slot in step.Frees)
            {
                if (values[slot] is { } dead)
                {
                    values[slot] = null;
                    cache.Return(dead);
                }
            }
        }
        current = steps.Length;
    }

    private static void RunObserved(Step[] steps, Plan.Frame frame, IStepObserver observer, ref int current)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            current = i;
            Cancellation.Check(frame.Context.Run);
            var start = Stopwatch.GetTimestamp();
            frame.Context.Step = steps[i];
            steps[i].Kernel.Compute(frame.Context);
            foreach (var slot in steps[i].Frees)
            {
                if (frame.Values[slot] is { } dead)
                {
                    frame.Values[slot] = null;
                    frame.Cache.Return(dead);
                }
            }
            observer.Ran(steps[i].Node, start, Stopwatch.GetTimestamp());
        }
        current = steps.Length;
    }

    // A slot that is fetched twice, or a constant, is shared; the last fetch of another slot takes it.
    private static void Collect(Plan plan, Tensor?[] values, Span<Tensor> results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            var slot = plan.FetchSlots[i];
            var value = values[slot] ?? throw EngineException.InvalidArgument($"Retval[{i}] does not have value");
            results[i] = value.Share();
        }
        foreach (var slot in plan.FetchSlots)
        {
            if (values[slot] is { } value && !IsConstant(plan, slot))
            {
                values[slot] = null;
                value.Buffer.Release();
            }
        }
    }

    private static bool IsConstant(Plan plan, int slot)
    {
        foreach (var c in plan.Constants)
        {
            if (c.Slot == slot)
                return true;
        }
        return false;
    }

    private static void Clear(Plan plan, Plan.Frame frame)
    {
        for (var i = 0; i < frame.Values.Length; i++)
        {
            if (frame.Values[i] is { } t && !IsConstant(plan, i))
            {
                frame.Values[i] = null;
                frame.Cache.Return(t);
            }
        }
    }
}
