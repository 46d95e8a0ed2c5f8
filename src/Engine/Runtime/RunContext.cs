using System.Collections.Concurrent;
using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Runtime;

/// <summary>One call of <c>Session.Run</c>, functions and loops inside it included.</summary>
public sealed class RunContext
{
    [ThreadStatic]
    private static RunContext? spare;

    private readonly RunContext? whole;
    private ConcurrentDictionary<string, object>? items;

    internal RunContext(SessionState session, CancellationToken cancellation, IStepObserver? observer = null)
    {
        Session = session;
        Cancellation = cancellation;
        Observer = observer;
    }

    /// <summary>A part of a run that can be ended by itself.</summary>
    internal RunContext(RunContext whole, CancellationToken cancellation) : this(whole.Session, cancellation, whole.Observer) => this.whole = whole.whole ?? whole;

    /// <summary>The session's state.</summary>
    public SessionState Session { get; private set; }

    /// <summary>Fires when the run is to end.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Who is told how long each node took; null costs nothing.</summary>
    internal IStepObserver? Observer { get; private set; }

    /// <summary>A context for a run on this thread: the one that the last run here has given back, if any.</summary>
    internal static RunContext Rent(SessionState session, CancellationToken cancellation, IStepObserver? observer)
    {
        if (spare is not { } run)
            return new(session, cancellation, observer);
        spare = null;
        (run.Session, run.Cancellation, run.Observer) = (session, cancellation, observer);
        return run;
    }

    /// <summary>Gives the context of a run back that has ended and left nothing behind that knows it.</summary>
    internal void Return()
    {
        if (items is not null)
            return;
        (Session, Cancellation, Observer) = (null!, default, null);
        spare = this;
    }

    /// <summary>What lives as long as the run, by name (tensor arrays, stacks, rendezvous); made when first asked for.</summary>
    public T Item<T>(string name, Func<T> create) where T : class => whole is not null
        ? whole.Item(name, create)
        : (T)LazyInitializer.EnsureInitialized(ref items, () => new()).GetOrAdd(name, static (_, make) => make(), create);
}
