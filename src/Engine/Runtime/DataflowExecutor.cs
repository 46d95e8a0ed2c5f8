using System.Collections.Concurrent;
using System.Diagnostics;
using Engine.OpModel;
using static Engine.Runtime.DataflowGraph;

namespace Engine.Runtime;

/// <summary>
/// Runs a plan by readiness, with TensorFlow 1's rules for loops and dead tensors: a step runs when all its inputs have arrived, in each iteration of each frame
/// anew; a step with a dead input is dead, a Merge runs with its first live input. Steps run on the calling thread one at a time; asynchronous kernels wait
/// elsewhere meanwhile, so that a queue's two ends may be in one run.
/// </summary>
internal sealed class DataflowExecutor
{
    private readonly Plan plan;
    private readonly DataflowGraph graph;
    private readonly RunContext run;
    private readonly Tensor?[] known;
    private readonly Tensor?[] fetched;
    private readonly Queue<Activation> ready = new();
    private readonly BlockingCollection<(Activation Activation, KernelContext Context, Exception? Error)> completed = [];
    private int waiting;

    private DataflowExecutor(Plan plan, DataflowGraph graph, RunContext run)
    {
        this.plan = plan;
        this.graph = graph;
        this.run = run;
        known = new Tensor?[plan.SlotCount];
        fetched = new Tensor?[plan.FetchSlots.Length];
    }

    internal static void Run(Plan plan, DataflowGraph graph, RunContext run, ReadOnlySpan<Tensor> feeds, Span<Tensor> results)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        var inner = new RunContext(run, stop.Token);
        var executor = new DataflowExecutor(plan, graph, inner);
        try
        {
            foreach (var (slot, value) in plan.Constants)
                executor.known[slot] = value;
            for (var i = 0; i < feeds.Length; i++)
                executor.known[plan.FeedSlots[i]] = feeds[i];
            executor.RunAll();
            executor.Collect(results);
        }
        catch
        {
            // Kernels that wait are told to stop, and waited for: they must not touch the run afterwards.
            stop.Cancel();
            executor.Drain();
            foreach (var f in executor.fetched)
                f?.Dispose();
            throw;
        }
        finally
        {
            foreach (var f in feeds)
                f.Dispose();
            executor.completed.Dispose();
        }
    }

    private void RunAll()
    {
        var root = new Frame(graph.Root, null, null);
        var first = root.Iterations[0]!;
        foreach (var info in graph.Root.Steps)
        {
            if (info.DataEdges + info.ControlEdges == 0 || (info is { Kind: StepKind.Merge, HasKnownInput: true, ControlEdges: 0 }))
            {
                first.Pending[info.Local] = 0;
                Push(new Activation(info, root, first, false));
            }
        }
        while (true)
        {
            while (ready.TryDequeue(out var next))
            {
                Cancellation.Check(run);
                Process(next);
                while (waiting > 0 && completed.TryTake(out var done))
                    Finish(done.Activation, done.Context, done.Error);
            }
            if (waiting == 0)
                return;
            Finish(completed.Take(CancellationToken.None));
        }
    }

    private void Drain()
    {
        while (waiting > 0)
        {
            completed.Take();
            waiting--;
        }
    }

    private void Collect(Span<Tensor> results)
    {
        for (var i = 0; i < results.Length; i++)
        {
            if (known[plan.FetchSlots[i]] is { } value)
                fetched[i] = value.Share();
            if (fetched[i] is null)
                throw EngineException.InvalidArgument($"Retval[{i}] does not have value");
        }
        for (var i = 0; i < results.Length; i++)
            results[i] = fetched[i]!;
    }

    private void Push(Activation activation)
    {
        activation.Iteration.Outstanding++;
        ready.Enqueue(activation);
    }

    private void Process(Activation a)
    {
        var step = a.Info.Step;
        var inputs = step.Inputs.Length;
        var values = new Tensor?[inputs + step.Outputs.Length];
        for (var i = 0; i < inputs; i++)
        {
            if (known[step.Inputs[i]] is { } constant)
            {
                values[i] = constant.Share();
                continue;
            }
            values[i] = a.Iteration.Inputs[a.Info.InputOffset + i];
            a.Iteration.Inputs[a.Info.InputOffset + i] = null;
        }
        if (a.IsDead && a.Info.Kind != StepKind.ControlTrigger)
        {
            foreach (var v in values)
                v?.Dispose();
            Propagate(a, new Tensor?[step.Outputs.Length]);
            return;
        }
        var context = new KernelContext(values, TensorCache.None) { Run = run, Step = LocalStep(step) };
        var start = run.Observer is null ? 0 : Stopwatch.GetTimestamp();
        try
        {
            if (step.Kernel is AsyncKernel kernel)
            {
                var task = kernel.ComputeAsync(context);
                if (!task.IsCompleted)
                {
                    waiting++;
                    task.AsTask().ContinueWith(t => completed.Add((a, context, t.IsCanceled ? new OperationCanceledException() : t.Exception?.InnerException)),
                        CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                    return;
                }
                task.GetAwaiter().GetResult();
            }
            else
            {
                step.Kernel.Compute(context);
            }
        }
        catch (Exception e)
        {
            throw StepError.Wrap(e, context.Step, values);
        }
        run.Observer?.Ran(step.Node, start, Stopwatch.GetTimestamp());
        Complete(a, values);
    }

    private void Finish((Activation Activation, KernelContext Context, Exception? Error) done) => Finish(done.Activation, done.Context, done.Error);

    private void Finish(Activation a, KernelContext context, Exception? error)
    {
        waiting--;
        if (error is not null)
            throw StepError.Wrap(error, context.Step, context.Values);
        Complete(a, context.Values);
    }

    private void Complete(Activation a, Tensor?[] values)
    {
        var inputs = a.Info.Step.Inputs.Length;
        for (var i = 0; i < inputs; i++)
            values[i]?.Dispose();
        Propagate(a, values[inputs..]);
    }

    // Inputs and outputs of the step as they lie in a context of its own; every input may be written if nobody shares it.
    private static Step LocalStep(Step step)
    {
        if (step.Local is { } local)
            return local;
        var inputs = step.Inputs.Length;
        var may = new bool[inputs];
        Array.Fill(may, true);
        return step.Local = new Step
        {
            Node = step.Node,
            Kernel = step.Kernel,
            Inputs = [.. Enumerable.Range(0, inputs)],
            Outputs = [.. Enumerable.Range(inputs, step.Outputs.Length)],
            OutputTypes = step.OutputTypes,
            MayForward = may,
        };
    }

    private void Propagate(Activation a, Tensor?[] outputs)
    {
        var (info, frame, iteration) = (a.Info, a.Frame, a.Iteration);
        switch (info.Kind)
        {
            case StepKind.Enter:
                Enter(a, outputs);
                break;
            case StepKind.Exit when a.IsDead:
                if (iteration.Number == frame.Count - 1)
                    frame.DeadExits.Add(info);
                break;
            case StepKind.Exit:
                Activate(info, outputs, false, frame.Parent!, frame.ParentIteration!);
                break;
            case StepKind.NextIteration when a.IsDead:
                break;
            case StepKind.NextIteration:
                Next(a, outputs);
                break;
            default:
                Activate(info, outputs, a.IsDead && info.Kind != StepKind.ControlTrigger, frame, iteration);
                break;
        }
        iteration.Outstanding--;
        CleanUp(frame, iteration.Number);
    }

    private void Enter(Activation a, Tensor?[] outputs)
    {
        var inner = a.Info.Inner!;
        if (!a.Iteration.Inner.TryGetValue(inner, out var child))
        {
            child = new Frame(inner, a.Frame, a.Iteration) { PendingEnters = inner.Enters };
            a.Iteration.Inner[inner] = child;
            a.Iteration.InnerFrames++;
        }
        child.PendingEnters--;
        if (a.Info.Step.Node.Attr("is_constant").AsBool())
        {
            child.Invariants.Add((a.Info, outputs, a.IsDead));
            for (var i = 0; i < child.Count; i++)
            {
                if (child.Iterations[i] is { } iteration)
                    Activate(a.Info, ShareAll(outputs), a.IsDead, child, iteration);
            }
        }
        else
        {
            Activate(a.Info, outputs, a.IsDead, child, child.Iterations[0]!);
        }
        CleanUp(child, 0);
    }

    private void Next(Activation a, Tensor?[] outputs)
    {
        var frame = a.Frame;
        if (a.Iteration.Number == frame.Count - 1)
        {
            if (frame.Running >= frame.Loop.ParallelIterations)
            {
                frame.Deferred.Add((a.Info, outputs));
                return;
            }
            NewIteration(frame);
        }
        Activate(a.Info, outputs, false, frame, frame.Iterations[a.Iteration.Number + 1]!);
    }

    private void NewIteration(Frame frame)
    {
        var iteration = frame.AddIteration();
        foreach (var (info, outputs, dead) in frame.Invariants)
            Activate(info, ShareAll(outputs), dead, frame, iteration);
        var deferred = frame.Deferred.ToArray();
        frame.Deferred.Clear();
        foreach (var (info, outputs) in deferred)
            Activate(info, outputs, false, frame, iteration);
    }

    private static Tensor?[] ShareAll(Tensor?[] outputs) => Array.ConvertAll(outputs, t => t?.Share());

    private void Activate(StepInfo info, Tensor?[] outputs, bool isDead, Frame frame, Iteration iteration)
    {
        var left = new int[outputs.Length];
        foreach (var (output, _, _) in info.DataUsers)
            left[output]++;
        foreach (var (output, _) in info.Fetches)
            left[output]++;
        foreach (var (output, fetch) in info.Fetches)
        {
            if (frame.Parent is null && outputs[output] is not null)
                fetched[fetch] = Take(outputs, left, output);
        }
        foreach (var (output, user, input) in info.DataUsers)
            Arrive(graph.Steps[user], input, Take(outputs, left, output), frame, iteration, info.Kind == StepKind.Enter);
        foreach (var user in info.ControlUsers)
            ArriveControl(graph.Steps[user], isDead, frame, iteration);
        foreach (var rest in outputs)
            rest?.Dispose();
    }

    // The last user gets the tensor itself, the others share it: so the last one alive may write in place.
    private static Tensor? Take(Tensor?[] outputs, int[] left, int output)
    {
        var t = outputs[output];
        if (--left[output] > 0)
            return t?.Share();
        outputs[output] = null;
        return t;
    }

    private void Arrive(StepInfo user, int input, Tensor? value, Frame frame, Iteration iteration, bool isEntering)
    {
        ref var pending = ref iteration.Pending[user.Local];
        ref var dead = ref iteration.Dead[user.Local];
        var at = user.InputOffset + input;
        if (user.Kind == StepKind.Merge)
        {
            // Bit 0: no live input yet. Above: control inputs still to come.
            if (value is not null)
            {
                var first = (pending & 1) == 1;
                if (first)
                    iteration.Inputs[at] = value;
                else
                    value.Dispose();
                var before = pending;
                pending &= ~1;
                if (before == 1)
                    Push(new Activation(user, frame, iteration, false));
            }
            else
            {
                // A loop that is entered dead never comes back to its Merge: no other input will follow.
                dead = isEntering ? user.Step.Inputs.Length : dead + 1;
                if (dead == user.Step.Inputs.Length && pending == 1)
                    Push(new Activation(user, frame, iteration, true));
            }
            return;
        }
        iteration.Inputs[at] = value;
        if (value is null)
            dead++;
        if (--pending == 0)
            Push(new Activation(user, frame, iteration, dead > 0 && user.Kind != StepKind.ControlTrigger));
    }

    private void ArriveControl(StepInfo user, bool isDead, Frame frame, Iteration iteration)
    {
        ref var pending = ref iteration.Pending[user.Local];
        ref var dead = ref iteration.Dead[user.Local];
        if (user.Kind == StepKind.Merge)
        {
            pending -= 2;
            var allDead = dead == user.Step.Inputs.Length;
            if (pending == 0 || (pending == 1 && allDead))
                Push(new Activation(user, frame, iteration, pending == 1));
            return;
        }
        if (isDead)
            dead++;
        if (--pending == 0)
            Push(new Activation(user, frame, iteration, dead > 0 && user.Kind != StepKind.ControlTrigger));
    }

    private void CleanUp(Frame frame, int number)
    {
        while (number < frame.Count && frame.Iterations[number] is { } iteration && IsDone(frame, iteration))
        {
            frame.Iterations[number] = null;
            iteration.Release();
            frame.Running--;
            if (frame.Deferred.Count > 0)
                NewIteration(frame);
            number++;
        }
        if (frame.Parent is null || frame.PendingEnters > 0 || frame.Running > 0 || frame.IsDeleted)
            return;
        frame.IsDeleted = true;
        foreach (var (_, outputs, _) in frame.Invariants)
        {
            foreach (var o in outputs)
                o?.Dispose();
        }
        foreach (var exit in frame.DeadExits)
            Activate(exit, new Tensor?[exit.Step.Outputs.Length], true, frame.Parent, frame.ParentIteration!);
        frame.ParentIteration!.InnerFrames--;
        frame.ParentIteration.Inner.Remove(frame.Loop);
        CleanUp(frame.Parent, frame.ParentIteration.Number);
    }

    private static bool IsDone(Frame frame, Iteration iteration) => iteration.Outstanding == 0 && iteration.InnerFrames == 0
        && (iteration.Number == 0 ? frame.PendingEnters == 0 : frame.Iterations[iteration.Number - 1] is null);

    /// <summary>A step that is to run in an iteration of a frame.</summary>
    private readonly record struct Activation(StepInfo Info, Frame Frame, Iteration Iteration, bool IsDead);

    /// <summary>A loop that runs.</summary>
    private sealed class Frame
    {
        internal Frame(LoopFrame loop, Frame? parent, Iteration? parentIteration)
        {
            Loop = loop;
            Parent = parent;
            ParentIteration = parentIteration;
            AddIteration();
        }

        internal LoopFrame Loop { get; }

        internal Frame? Parent { get; }

        internal Iteration? ParentIteration { get; }

        internal List<Iteration?> Iterations { get; } = [];

        internal int Count => Iterations.Count;

        internal int Running { get; set; }

        internal int PendingEnters { get; set; }

        internal bool IsDeleted { get; set; }

        internal List<(StepInfo Info, Tensor?[] Outputs, bool IsDead)> Invariants { get; } = [];

        internal List<(StepInfo Info, Tensor?[] Outputs)> Deferred { get; } = [];

        internal List<StepInfo> DeadExits { get; } = [];

        internal Iteration AddIteration()
        {
            var iteration = new Iteration(Loop, Count);
            Iterations.Add(iteration);
            Running++;
            // An exit that was dead in an earlier iteration says nothing: the loop went on.
            DeadExits.Clear();
            return iteration;
        }
    }

    /// <summary>One iteration of a frame: what has arrived where.</summary>
    private sealed class Iteration
    {
        internal Iteration(LoopFrame loop, int number)
        {
            Number = number;
            Inputs = new Tensor?[loop.InputCount];
            Pending = new int[loop.StepCount];
            Dead = new int[loop.StepCount];
            foreach (var info in loop.Steps)
                Pending[info.Local] = info.Kind == StepKind.Merge ? 2 * info.ControlEdges + (info.HasKnownInput ? 0 : 1) : info.DataEdges + info.ControlEdges;
        }

        internal int Number { get; }

        internal Tensor?[] Inputs { get; }

        internal int[] Pending { get; }

        internal int[] Dead { get; }

        internal int Outstanding { get; set; }

        internal int InnerFrames { get; set; }

        internal Dictionary<LoopFrame, Frame> Inner { get; } = [];

        internal void Release()
        {
            foreach (var t in Inputs)
                t?.Dispose();
        }
    }
}
