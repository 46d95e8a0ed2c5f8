using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Objects;

/// <summary>
/// A checkpoint that is being restored: which object took which value. Objects it has bound tell it what is tracked later, and that is restored then, into
/// the same session, until the session ends or another checkpoint takes over.
/// </summary>
internal abstract class Restoration
{
    private readonly Graph graph;
    private readonly Session session;
    private readonly List<(object Target, string Key)> assigned = [];
    private readonly Dictionary<TableSaveable, (Value[] Feeds, Node Node)> tableRestores;
    private readonly List<Trackable> watched = [];

    protected Restoration(Graph graph, Session session, string path, Trackable root, Dictionary<TableSaveable, (Value[] Feeds, Node Node)> tableRestores)
    {
        this.graph = graph;
        this.session = session;
        this.tableRestores = tableRestores;
        Path = path;
        Root = root;
    }

    internal string Path { get; }

    /// <summary>Objects that have got a value.</summary>
    internal IEnumerable<object> Matched => assigned.Select(a => a.Target);

    /// <summary>Variables and tables that have none.</summary>
    internal IEnumerable<object> Unmatched
    {
        get
        {
            var matched = Matched.ToHashSet(ReferenceEqualityComparer.Instance);
            return new ObjectGraph(Root).Objects.Where(o => o is GraphVariable or TableSaveable && !matched.Contains(o));
        }
    }

    /// <summary>Keys of values that no object has taken.</summary>
    internal abstract IReadOnlyList<string> UnusedKeys { get; }

    /// <summary>Whether other objects than the root are in the checkpoint.</summary>
    internal abstract bool IsNontrivial { get; }

    protected Trackable Root { get; }

    /// <summary>Restores what can be, and waits for the rest.</summary>
    internal void Begin(CheckpointReader reader)
    {
        Bind(null);
        Assign(reader);
    }

    /// <summary>An object has got another child or slot.</summary>
    internal void Changed(Trackable owner)
    {
        if (session.IsDisposed)
        {
            End();
            return;
        }
        Bind(owner);
        if (Wanted.Count == 0)
            return;
        using var reader = CheckpointReader.Open(Path);
        Assign(reader);
    }

    /// <summary>Waits no longer.</summary>
    internal void End()
    {
        foreach (var trackable in watched)
            trackable.Watchers.Remove(this);
        watched.Clear();
    }

    /// <summary>What is bound and not assigned yet.</summary>
    protected List<(object Target, string Key)> Wanted { get; } = [];

    /// <summary>Binds all that can be, or what an object has got since.</summary>
    protected abstract void Bind(Trackable? changed);

    protected void Watch(Trackable trackable)
    {
        if (trackable.Watchers.Contains(this))
            return;
        trackable.Watchers.Add(this);
        watched.Add(trackable);
    }

    // All at once where each variable has an initial value of its own; that value is fed.
    private void Assign(CheckpointReader reader)
    {
        var feeds = new List<KeyValuePair<string, Tensor>>();
        var targets = new List<string>();
        var fed = new HashSet<string>();
        try
        {
            foreach (var (target, key) in Wanted)
            {
                if (target is TableSaveable table)
                {
                    var (placeholders, node) = RestoreOf(table);
                    feeds.Add(new(placeholders[0].Name, reader.Read(key + "-keys")));
                    feeds.Add(new(placeholders[1].Name, reader.Read(key + "-values")));
                    targets.Add(node.Name);
                    continue;
                }
                var variable = (GraphVariable)target;
                var value = reader.Read(key);
                var initial = variable.Initializer.Inputs[1].Name;
                if (value.Type != variable.Type || !variable.Shape.IsCompatibleWith(value.Shape))
                {
                    using (value)
                        throw EngineException.InvalidArgument($"Variable {variable} cannot take {key} of the checkpoint, which is {value.Type.Name()}{value.Shape}.");
                }
                if (!fed.Add(initial))
                {
                    using (value)
                        variable.Load(session, value);
                    continue;
                }
                feeds.Add(new(initial, value));
                targets.Add(variable.Initializer.Name);
            }
            if (targets.Count > 0)
                session.Run(feeds, [], targets);
            assigned.AddRange(Wanted);
        }
        finally
        {
            Wanted.Clear();
            foreach (var (_, value) in feeds)
                value.Dispose();
        }
    }

    private (Value[] Feeds, Node Node) RestoreOf(TableSaveable table)
    {
        if (tableRestores.TryGetValue(table, out var known))
            return known;
        Value[] feeds = [.. table.Specs.Select(s => graph.NewNode("Placeholder").Attr("dtype", s.Tensor.Type).Build()[0])];
        return tableRestores[table] = (feeds, table.Restore(feeds, reshape: false));
    }
}
