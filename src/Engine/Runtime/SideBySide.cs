using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Engine.Runtime;

/// <summary>The steps of a group on the threads of a team, each step with a context of its own.</summary>
internal readonly struct SideBySide : IRangeBody
{
    /// <summary>Cycles that are always worth handing over: whether they are is the group's decision.</summary>
    private const long Cycles = 1 << 20;

    private readonly Step[] steps;
    private readonly StepGroup group;
    private readonly Plan.Frame frame;
    private readonly IStepObserver? observer;

    private SideBySide(Step[] steps, StepGroup group, Plan.Frame frame, IStepObserver? observer)
    {
        this.steps = steps;
        this.group = group;
        this.frame = frame;
        this.observer = observer;
    }

    /// <summary>Runs the group.</summary>
    /// <param name="steps">All steps of the plan.</param>
    /// <param name="group">Those that run.</param>
    /// <param name="frame">The values.</param>
    /// <param name="observer">Is told of each step.</param>
    /// <param name="current">The step that has failed, when one has: the first of several, as if they had run in order.</param>
    internal static void Run(Step[] steps, StepGroup group, Plan.Frame frame, IStepObserver? observer, ref int current)
    {
        var run = frame.Context.Run;
        current = group.First;
        Cancellation.Check(run);
        for (var i = 0; i < group.Count; i++)
            (frame.Members[i].Run, frame.Members[i].Step) = (run, steps[group.First + i]);
        var body = new SideBySide(steps, group, frame, observer);
        frame.Cache.IsShared = true;
        run.Session.Workers.Run(group.Count, Cycles, ref body);
        frame.Cache.IsShared = false;
        var failure = Array.FindIndex(frame.Failures, f => f is not null);
        if (failure >= 0)
        {
            current = group.First + failure;
            var error = frame.Failures[failure]!;
            Array.Clear(frame.Failures);
            ExceptionDispatchInfo.Throw(error);
        }
        current = group.End - 1;
    }

    /// <summary>Runs some of the steps.</summary>
    public void Invoke(long start, long end)
    {
        for (var i = start; i < end; i++)
        {
            var step = steps[group.First + i];
            var begin = observer is null ? 0 : Stopwatch.GetTimestamp();
            try
            {
                step.Kernel.Compute(frame.Members[i]);
                observer?.Ran(step.Node, begin, Stopwatch.GetTimestamp());
            }
            catch (Exception e)
            {
                frame.Failures[i] = e;
            }
        }
    }
}
