using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Engine.Runtime;

/// <summary>Runs a straight-line plan: one step after the other, but for groups that run side by side; no readiness to count, no dictionary, no allocation per node.</summary>
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
            RunSteps(plan, frame, ref current);
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
            RunSteps(plan, frame, ref current);
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

    private static void RunSteps(Plan plan, Plan.Frame frame, ref int current)
    {
        var steps = plan.Steps;
        var observer = frame.Context.Run.Observer;
        var next = 0;
        foreach (var group in plan.Groups)
        {
            RunInOrder(steps, next, group.First, frame, observer, ref current);
            RunGroup(steps, group, frame, observer, ref current);
            next = group.End;
        }
        RunInOrder(steps, next, steps.Length, frame, observer, ref current);
        current = steps.Length;
    }

    private static void RunGroup(Step[] steps, StepGroup group, Plan.Frame frame, IStepObserver? observer, ref int current)
    {
        // Who plans, and runs this to fold constants, holds a lock that a kernel on another thread may want.
        if (frame.Context.Workers.AvailableThreads == 1 || frame.Context.Session.Planning.IsHeldByCurrentThread)
        {
            RunInOrder(steps, group.First, group.End, frame, observer, ref current);
            return;
        }
        var way = group.Choose();
        var start = Stopwatch.GetTimestamp();
        if (way.SideBySide)
        {
            SideBySide.Run(steps, group, frame, observer, ref current);
            Free(steps[group.End - 1], frame);
        }
        else
        {
            RunInOrder(steps, group.First, group.End, frame, observer, ref current);
        }
        group.Learn(way, Stopwatch.GetTimestamp() - start);
    }

    private static void RunInOrder(Step[] steps, int first, int end, Plan.Frame frame, IStepObserver? observer, ref int current)
    {
        if (observer is not null)
        {
            RunObserved(steps, first, end, frame, observer, ref current);
            return;
        }
        var context = frame.Context;
        for (var i = first; i < end; i++)
        {
            current = i;
            if (i % CancellationInterval == 0)
                Cancellation.Check(context.Run);
            var step = steps[i];
            context.Step = step;
            step.Kernel.Compute(context);
            Free(step, frame);
        }
    }

    private static void RunObserved(Step[] steps, int first, int end, Plan.Frame frame, IStepObserver observer, ref int current)
    {
        for (var i = first; i < end; i++)
        {
            current = i;
            Cancellation.Check(frame.Context.Run);
            var start = Stopwatch.GetTimestamp();
            frame.Context.Step = steps[i];
            steps[i].Kernel.Compute(frame.Context);
            Free(steps[i], frame);
            observer.Ran(steps[i].Node, start, Stopwatch.GetTimestamp());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Free(Step step, Plan.Frame frame)
    {
        var values = frame.Values;
        foreach (var slot in step.Frees)
        {
            if (values[slot] is { } dead)
            {
                values[slot] = null;
                frame.Cache.Return(dead);
            }
        }
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
