using System.Collections.Concurrent;
using Engine.Graphs;
using Engine.Resources;

namespace Engine.Runtime;

/// <summary>What a session keeps between runs: resources, state of nodes (random streams, samplers), instantiated functions.</summary>
public sealed class SessionState : IDisposable
{
    private readonly ConcurrentDictionary<(string Key, Type Type), Lazy<object>> nodeStates = new();
    private readonly ConcurrentDictionary<(FunctionLibrary Library, string Key), FunctionHandle> functions = new();
    private long anonymous;

    internal SessionState(SessionOptions options)
    {
        Options = options;
        Workers = options.Threads == Environment.ProcessorCount && options.Processors.Count == 0 ? WorkerTeam.Shared : new WorkerTeam(options.Threads, options.Processors);
    }

    /// <summary>Held while functions are planned.</summary>
    internal Lock Planning { get; } = new();

    /// <summary>The options of the session.</summary>
    public SessionOptions Options { get; }

    /// <summary>Variables, tables, queues, … by container and name.</summary>
    public ResourceContainer Resources { get; } = new();

    /// <summary>The threads for the work inside kernels.</summary>
    public WorkerTeam Workers { get; }

    /// <summary>A number no other caller got: for names of anonymous resources.</summary>
    public long NextAnonymous() => Interlocked.Increment(ref anonymous);

    /// <summary>The state kept under a key; made when first asked for.</summary>
    internal T NodeState<T>(string key, Func<T> create) where T : class
        => (T)nodeStates.GetOrAdd((key, typeof(T)), _ => new Lazy<object>(create)).Value;

    /// <summary>A function of the graph's library with attributes put in, ready to be called; the same for all who ask.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the library does not have it.</exception>
    internal FunctionHandle Function(Graph graph, FunctionReference reference)
        => functions.GetOrAdd((graph.Library, AttrValue.Of(reference).ToString()), _ => new FunctionHandle(this, reference, () => FunctionBody.Instantiate(graph, reference)));

    /// <summary>The gradient function of a function: the library's own if it has one, else what the ops of the body say.</summary>
    internal FunctionHandle GradientFunction(Graph graph, FunctionReference reference) => graph.Library.FindGradient(reference.Name) is { } gradient
        ? Function(graph, new FunctionReference(gradient, reference.Attrs))
        : functions.GetOrAdd((graph.Library, "gradient of " + AttrValue.Of(reference)), _ => new FunctionHandle(this, reference, () => FunctionGradients.MakeBody(graph, reference)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Resources.Dispose();
        foreach (var state in nodeStates.Values)
        {
            if (state.IsValueCreated && state.Value is IDisposable d)
                d.Dispose();
        }
        nodeStates.Clear();
        if (!ReferenceEquals(Workers, WorkerTeam.Shared))
            Workers.Dispose();
    }
}
