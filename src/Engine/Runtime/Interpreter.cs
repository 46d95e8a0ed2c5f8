using System.Diagnostics;

namespace Engine.Runtime;

/// <summary>Runs a straight-line plan: one step after the other, no readiness to count, no dictionary, no allocation per node.</summary>
internal static class Interpreter
{
    /// <summary>How many steps run between two looks at the cancellation token.</summary>
    private const int CancellationInterval = 32;

    internal static void Run(Plan plan, Plan.Frame frame, RunContext run, ReadOnlySpan<Tensor> feeds, Span<Tensor> results, bool keepsFeeds)
    {
        var values = frame.Values;
        var context = frame.Context;
        var steps = plan.Steps;
        var current = 0;
        context.Run = run;
        for (var i = 0; i < feeds.Length; i++)
            values[plan.FeedSlots[i]] = keepsFeeds ? frame.Cache.Share(feeds[i]) : feeds[i];
        try
        {
            if (run.Observer is { } observer)
                RunObserved(steps, frame, observer, ref current);
            else
                RunSteps(steps, frame, ref current);
            Collect(plan, frame, results);
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

    /// <summary>Runs a plan whose feeds stay the caller's, and reads its only result in place.</summary>
    internal static T Evaluate<T>(Plan plan, Plan.Frame frame, RunContext run, ReadOnlySpan<Tensor> feeds, Func<Tensor, T> read)
    {
        var values = frame.Values;
        var current = 0;
        frame.Context.Run = run;
        for (var i = 0; i < feeds.Length; i++)
            values[plan.FeedSlots[i]] = feeds[i];
        try
        {
            if (run.Observer is { } observer)
                RunObserved(plan.Steps, frame, observer, ref current);
            else
                RunSteps(plan.Steps, frame, ref current);
            return read(values[plan.FetchSlots[0]] ?? throw EngineException.InvalidArgument("Retval[0] does not have value"));
        }
        catch (Exception e) when (current < plan.Steps.Length)
        {
            throw StepError.Wrap(e, plan.Steps[current], values);
        }
        finally
        {
            foreach (var slot in plan.FeedSlots)
                values[slot] = null;
            if (current < plan.Steps.Length)
            {
                Clear(plan, frame);
            }
            else if (plan.FetchMoves[0] && values[plan.FetchSlots[0]] is { } result)
            {
                values[plan.FetchSlots[0]] = null;
                frame.Cache.Return(result);
            }
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

    // The last fetch of a slot takes its tensor; earlier ones, and fetches of constants, share it.
    private static void Collect(Plan plan, Plan.Frame frame, Span<Tensor> results)
    {
        var values = frame.Values;
        foreach (var slot in plan.FetchSlots)
        {
            if (values[slot] is null)
                throw EngineException.InvalidArgument($"Retval[{Array.IndexOf(plan.FetchSlots, slot)}] does not have value");
        }
        for (var i = 0; i < results.Length; i++)
        {
            var slot = plan.FetchSlots[i];
            var value = values[slot]!;
            if (plan.FetchMoves[i])
            {
                values[slot] = null;
                results[i] = value;
            }
            else
            {
                results[i] = value.Share();
            }
        }
        foreach (var slot in plan.UnreadFeeds)
        {
            if (values[slot] is { } unread)
            {
                values[slot] = null;
                frame.Cache.Return(unread);
            }
        }
    }

    private static void Clear(Plan plan, Plan.Frame frame)
    {
        foreach (var slot in plan.Owned)
        {
            if (frame.Values[slot] is { } t)
            {
                frame.Values[slot] = null;
                frame.Cache.Return(t);
            }
        }
    }
}
