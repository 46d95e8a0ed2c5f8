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
    private Restoration? restoration;

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
        AbandonedFiles.Remove(prefix);
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

    /// <summary>
    /// Restores what the checkpoint and the objects have in common. Objects that are tracked later, at any depth, are restored into the same session when they
    /// are tracked, while the checkpoint is there and until another one is restored. A checkpoint of a <see cref="Saver"/> is matched by the names of variables.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="path">What saving returned.</param>
    /// <returns>What was matched, to be asserted.</returns>
    /// <exception cref="EngineException">NOT_FOUND when there is no such checkpoint; INVALID_ARGUMENT for another type or shape; DATA_LOSS.</exception>
    public CheckpointLoadStatus Restore(Session session, string path)
    {
        EnsureCounter(session);
        using var reader = CheckpointReader.Open(path);
        Restoration next = ObjectKeys.Read(reader, path) is { } saved
            ? new ObjectRestoration(graph, session, path, this, tableRestores, saved)
            : new NameRestoration(graph, session, path, this, tableRestores, reader.Tensors.Select(t => t.Name));
        restoration?.End();
        restoration = next;
        next.Begin(reader);
        return new(next, SaveCounter);
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
}
