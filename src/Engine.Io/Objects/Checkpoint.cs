using System.Globalization;
using Engine.Graphs;
using Engine.Io.Objects;
using Engine.Io.Saving;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io;

/// <summary>
/// An object-based checkpoint (<c>tf.train.Checkpoint</c>): values are found along the names of objects, not by the names of variables, so that a graph may
/// name its variables as it likes. Values are read from a session and written to it; no nodes are added for variables.
/// </summary>
public sealed class Checkpoint : Trackable
{
    private const string CounterName = "save_counter";

    private readonly Graph graph;
    private readonly Dictionary<TableSaveable, (Value[] Feeds, Node Node)> tableRestores = [];

    /// <summary>A checkpoint of a graph's objects.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="objects">Name → <see cref="GraphVariable"/>, <see cref="TableSaveable"/>, <see cref="Trackable"/>, or a list or dictionary of such.</param>
    public Checkpoint(Graph graph, IEnumerable<KeyValuePair<string, object>> objects) : base(objects) => this.graph = graph;

    /// <summary>The variable that counts how often <see cref="Save"/> was called.</summary>
    public GraphVariable SaveCounter
    {
        get
        {
            if (Children.FirstOrDefault(c => c.Key == CounterName).Value is GraphVariable counter)
                return counter;
            counter = graph.NewVariable(Tensor.Scalar(0L), CounterName, trainable: false, collections: [], useResource: true);
            Track(CounterName, counter);
            return counter;
        }
    }

    /// <summary>Counts up, saves under the prefix with the number, and writes the state file.</summary>
    /// <returns>What <see cref="Restore"/> takes.</returns>
    public string Save(Session session, string prefix)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Count(session, null)}");
        Write(session, path);
        CheckpointStateFile.Write(Path.GetDirectoryName(path) ?? "", path, [], null, null, null, relativePaths: true);
        return path;
    }

    /// <summary>Saves under exactly this prefix, and nothing else.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION for a variable that is not initialised.</exception>
    public string Write(Session session, string prefix)
    {
        EnsureCounter(session);
        var objects = new ObjectGraph(this);
        var fetches = objects.Variables.Select(v => v.Variable.Snapshot).Concat(objects.Tables.SelectMany(t => t.Table.Specs.Select(s => s.Tensor))).ToArray();
        var names = objects.Variables.Select(v => v.Key).Concat(objects.Tables.SelectMany(t => (string[])[t.Key + "-keys", t.Key + "-values"])).ToArray();
        var values = session.Run(fetches);
        try
        {
            using var writer = CheckpointWriter.Create(prefix);
            for (var i = 0; i < names.Length; i++)
                writer.Add(names[i], values[i]);
            using var text = Tensor.Scalar(objects.Serialized);
            writer.Add(ObjectKeys.ObjectGraph, text);
            writer.Finish();
        }
        finally
        {
            foreach (var value in values)
                value.Dispose();
        }
        return prefix;
    }

    /// <summary>Restores what the checkpoint and the objects have in common. A checkpoint of a <see cref="Saver"/> is matched by the names of variables.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">What saving returned.</param>
    /// <returns>What was matched, to be asserted.</returns>
    /// <exception cref="EngineException">NOT_FOUND when there is no such checkpoint; INVALID_ARGUMENT for another type or shape; DATA_LOSS.</exception>
    public CheckpointLoadStatus Restore(Session session, string path)
    {
        EnsureCounter(session);
        using var reader = CheckpointReader.Open(path);
        var live = new ObjectGraph(this);
        var saved = ObjectKeys.Read(reader, path);
        var wanted = new List<(object Target, string Key)>();
        var unused = new List<string>();
        if (saved is not null)
        {
            var binding = new ObjectBinding(saved, this, path);
            for (var i = 0; i < saved.Nodes.Count; i++)
            {
                foreach (var attribute in saved.Nodes[i].Attributes)
                {
                    if (binding.ByNumber.TryGetValue(i, out var target) && target is GraphVariable or TableSaveable)
                        wanted.Add((target, attribute.CheckpointKey));
                    else
                        unused.Add(attribute.CheckpointKey);
                }
            }
        }
        else
        {
            wanted.AddRange(live.Variables.Where(v => reader.Find(v.Variable.SaveName) is not null).Select(v => ((object)v.Variable, v.Variable.SaveName)));
            unused.AddRange(reader.Tensors.Select(t => t.Name).Except(wanted.Select(w => w.Key)));
        }
        Assign(session, reader, wanted);
        var matched = wanted.Select(w => w.Target).ToHashSet(ReferenceEqualityComparer.Instance);
        return new(path, unused, [.. live.Objects.Where(o => o is GraphVariable or TableSaveable && !matched.Contains(o) && !IsCounter(o))
            .Select(o => o is GraphVariable v ? v.Name : ((TableSaveable)o).Name)], wanted.Count(w => !IsCounter(w.Target)));
    }

    /// <summary>Counts up, or sets the count.</summary>
    internal long Count(Session session, long? number)
    {
        EnsureCounter(session);
        long count;
        using (var current = SaveCounter.Evaluate(session))
            count = number ?? current.Item<long>() + 1;
        using var next = Tensor.Scalar(count);
        SaveCounter.Load(session, next);
        return count;
    }

    private bool IsCounter(object item) => ReferenceEquals(item, SaveCounter);

    private void EnsureCounter(Session session)
    {
        try
        {
            SaveCounter.Evaluate(session).Dispose();
        }
        catch (EngineException e) when (e.Code == StatusCode.FailedPrecondition)
        {
            session.Run(SaveCounter.Initializer);
        }
    }

    // All at once where each variable has an initial value of its own; that value is fed.
    private void Assign(Session session, CheckpointReader reader, List<(object Target, string Key)> wanted)
    {
        var feeds = new List<KeyValuePair<string, Tensor>>();
        var targets = new List<string>();
        var fed = new HashSet<string>();
        try
        {
            foreach (var (target, key) in wanted)
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
        }
        finally
        {
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
