using System.Runtime.CompilerServices;
using Engine.Graphs;

namespace Engine.Runtime;

/// <summary>
/// Runs a graph: any tensors can be fed, any fetched, as in TensorFlow. Variables, tables and other state live as long as the session. Any number of threads may
/// run at once.
/// </summary>
public sealed class Session : IDisposable
{
    private readonly PlanCache plans;
    private bool disposed;

    /// <summary>A session on a graph.</summary>
    public Session(Graph graph, SessionOptions? options = null)
    {
        Graph = graph;
        State = new SessionState(options ?? new());
        plans = new PlanCache(State.Options.PlanCacheSize);
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>Resources and other state.</summary>
    public SessionState State { get; }

    /// <summary>Is told how long each node took, when set; costs nothing when not.</summary>
    public IStepObserver? Observer { get; set; }

    /// <summary>Runs a graph once.</summary>
    /// <param name="feeds">Tensors by name (<c>x</c> or <c>x:0</c>) that replace what the graph would compute.</param>
    /// <param name="fetches">Names of the tensors wanted.</param>
    /// <param name="targets">Names of nodes to run for their effect.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>The fetched tensors in order; the caller disposes them.</returns>
    /// <exception cref="EngineException">With TensorFlow's status code and the node that failed.</exception>
    public Tensor[] Run(IReadOnlyList<KeyValuePair<string, Tensor>> feeds, IReadOnlyList<string> fetches, IReadOnlyList<string>? targets = null, CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        targets ??= [];
        var entry = plans.Find(feeds, fetches, targets);
        if (entry is null || !entry.Frozen.Hold())
            entry = plans.Add(feeds, fetches, targets, Plan(feeds, fetches, targets, entry?.StateScope ?? new StateScope($"{State.NextAnonymous()}|")));
        var few = default(FewTensors);
        Span<Tensor> arguments = feeds.Count <= FewTensors.Capacity ? few[..feeds.Count] : new Tensor[feeds.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            CheckFeed(entry.FeedTypes[i], entry.FeedShapes[i], feeds[i].Key, feeds[i].Value);
            arguments[i] = feeds[i].Value;
        }
        return Run(entry.Plan, arguments, fetches.Count, cancellation);
    }

    /// <summary>
    /// Reads the functions that computing these tensors calls, and those that they call, so that the first run does not have to. It may be called beside runs.
    /// What is wrong with a function shows when it runs.
    /// </summary>
    public void ReadFunctions(IEnumerable<string> fetches) => FunctionReading.Run(Graph, State, fetches);

    /// <summary>Runs a graph once, feeding nothing.</summary>
    public Tensor[] Run(params IReadOnlyList<string> fetches) => Run([], fetches);

    /// <summary>Computes one tensor.</summary>
    public Tensor Run(Value fetch, params ReadOnlySpan<(Value Value, Tensor Tensor)> feeds)
        => Run([.. feeds.ToArray().Select(f => KeyValuePair.Create(f.Value.Name, f.Tensor))], [fetch.Name])[0];

    /// <summary>Computes tensors.</summary>
    public Tensor[] Run(IReadOnlyList<Value> fetches, params ReadOnlySpan<(Value Value, Tensor Tensor)> feeds)
        => Run([.. feeds.ToArray().Select(f => KeyValuePair.Create(f.Value.Name, f.Tensor))], [.. fetches.Select(f => f.Name)]);

    /// <summary>Runs nodes for their effect.</summary>
    public void Run(Node target, params ReadOnlySpan<(Value Value, Tensor Tensor)> feeds)
        => Run([.. feeds.ToArray().Select(f => KeyValuePair.Create(f.Value.Name, f.Tensor))], [], [target.Name]);

    /// <summary>Whether it has ended.</summary>
    public bool IsDisposed => disposed;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        State.Dispose();
    }

    private PlanCache.Entry Plan(IReadOnlyList<KeyValuePair<string, Tensor>> feeds, IReadOnlyList<string> fetches, IReadOnlyList<string> targets, StateScope stateScope)
    {
        var feedValues = feeds.Select(f => Graph.ValueByName(f.Key)).ToArray();
        var fetchValues = fetches.Select(Graph.ValueByName).ToArray();
        var targetNodes = targets.Select(t => Graph.NodeByName(t)).Distinct().ToArray();
        var twice = feedValues.GroupBy(f => f).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw EngineException.InvalidArgument($"Tensor {twice.Key.Name} is fed twice.");
        var frozen = new FrozenVariables(State);
        var plan = Planner.Make(Graph, State, feedValues, fetchValues, targetNodes, stateScope: stateScope, frozen: frozen);
        return new(plan, frozen, stateScope, [.. feedValues.Select(f => f.Node.Signature is null ? DType.Invalid : f.Type.Base())], [.. feedValues.Select(f => f.Node.Signature is null ? PartialShape.Unknown : f.Node.OutputShape(f.Index))]);
    }

    private static void CheckFeed(DType expected, PartialShape shape, string name, Tensor tensor)
    {
        if (tensor is null)
            throw EngineException.InvalidArgument($"The tensor fed for '{name}' is null.");
        if (expected != DType.Invalid && tensor.Type != expected)
            throw EngineException.InvalidArgument($"Tensor '{name}' is {expected.Name()}, but a tensor of {tensor.Type.Name()} and shape {tensor.Shape} was fed.");
        if (!shape.IsCompatibleWith(tensor.Shape))
            throw EngineException.InvalidArgument($"Cannot feed value of shape {tensor.Shape} for Tensor '{name}', which has shape {shape}");
    }

    private Tensor[] Run(Plan plan, ReadOnlySpan<Tensor> arguments, int fetchCount, CancellationToken cancellation)
    {
        var results = new Tensor[fetchCount];
        if (State.Options.Timeout is { } timeout)
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timer.CancelAfter(timeout);
            try
            {
                plan.Run(new RunContext(State, timer.Token, Observer), arguments, results, keepsFeeds: true);
            }
            catch (EngineException e) when (e.Code == StatusCode.Cancelled && timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new EngineException(StatusCode.DeadlineExceeded, $"The run took longer than {timeout}.", e);
            }
        }
        else
        {
            var run = RunContext.Rent(State, cancellation, Observer);
            plan.Run(run, arguments, results, keepsFeeds: true);
            if (plan.IsStraight)
                run.Return();
        }
        for (var i = 0; i < results.Length; i++)
        {
            // What lives on elsewhere (a variable, a constant of the plan) is copied: the result does not change later, nor does writing it change them.
            if (results[i].IsExclusive)
                continue;
            var own = results[i].Clone();
            results[i].Dispose();
            results[i] = own;
        }
        return results;
    }

    /// <summary>Room for the feeds of most graphs on the stack.</summary>
    [InlineArray(Capacity)]
    private struct FewTensors
    {
        internal const int Capacity = 8;

        private Tensor first;
    }
}
