using Engine.Graphs;
using Engine.Io.Files;
using Engine.Io.Graphs;
using Engine.Io.MetaGraphs;
using Engine.Io.SavedModels;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Io;

/// <summary>A MetaGraphDef in a session: a graph, its signatures, and how it saves and restores.</summary>
public sealed class MetaGraph : IDisposable
{
    /// <summary>Signatures whose keys begin so are for loaders, not for callers.</summary>
    private const string InternalPrefix = "__saved_model_";

    private MetaGraph(Graph graph, SessionOptions? options, IReadOnlyDictionary<string, Signature> signatures, SaverDef? saver)
    {
        Graph = graph;
        Session = new Session(graph, options);
        SaverDef = saver;
        Signatures = signatures.Where(s => !s.Key.StartsWith(InternalPrefix, StringComparison.Ordinal)).ToDictionary();
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>The session that holds the variables.</summary>
    public Session Session { get; }

    /// <summary>Saves and restores the variables, through the graph's own nodes; null when it has none.</summary>
    public Saver? Saver => field ??= SaverDef is { SaveTensorName.Length: > 0 } ? new Saver(Graph, new SaverOptions { SaverDef = SaverDef }) : null;

    /// <summary>The signatures by key.</summary>
    public IReadOnlyDictionary<string, Signature> Signatures { get; }

    /// <summary>Loads a MetaGraphDef file and, when a checkpoint is given, restores its variables from there.</summary>
    /// <param name="path">The <c>.meta</c> file, binary or text.</param>
    /// <param name="checkpoint">The checkpoint's prefix.</param>
    /// <param name="options">How the session runs.</param>
    /// <param name="registry">The ops; all that are installed by default.</param>
    public static MetaGraph Load(string path, string? checkpoint = null, SessionOptions? options = null, OpRegistry? registry = null)
    {
        var proto = MessageFile.ParseBinaryOrText(Protos.MetaGraphDef.Parser, MessageFile.ReadBytes(path), path);
        var graph = Import(proto, options, registry);
        try
        {
            if (checkpoint is not null)
                graph.Restore(checkpoint);
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    /// <summary>Runs a signature; see <see cref="SavedModel.Run"/>.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an unknown signature or input, or one that is missing.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(string signature, IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellation = default)
    {
        if (!Signatures.TryGetValue(signature, out var found))
            throw EngineException.InvalidArgument($"There is no signature '{signature}'. There are: {string.Join(", ", Signatures.Keys)}");
        var feeds = new List<KeyValuePair<string, Tensor>>();
        foreach (var (key, value) in inputs)
        {
            var input = found.Inputs.GetValueOrDefault(key)
                ?? throw EngineException.InvalidArgument($"Signature '{signature}' has no input '{key}'. It has: {string.Join(", ", found.Inputs.Keys)}");
            feeds.Add(new(input.Name, value));
        }
        foreach (var (key, value) in found.Defaults)
        {
            if (!inputs.ContainsKey(key) && found.Inputs.TryGetValue(key, out var input))
                feeds.Add(new(input.Name, value));
        }
        var keys = found.Outputs.Keys.ToArray();
        var results = Session.Run(feeds, [.. found.Outputs.Values.Select(o => o.Name)], cancellation: cancellation);
        var outputs = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++)
            outputs[keys[i]] = results[i];
        return outputs;
    }

    /// <summary>Restores the variables from a checkpoint, with the graph's own restore op.</summary>
    /// <param name="checkpoint">The checkpoint's prefix.</param>
    /// <exception cref="EngineException">FAILED_PRECONDITION when the graph has no saver, and what restoring says.</exception>
    public void Restore(string checkpoint) => Restore(Session, SaverDef ?? throw EngineException.FailedPrecondition("The graph has no saver: it cannot restore a checkpoint."), checkpoint, []);

    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();

    internal SaverDef? SaverDef { get; }

    internal static MetaGraph Import(Protos.MetaGraphDef proto, SessionOptions? options, OpRegistry? registry) => Import(new StoredMetaGraph(proto), options, registry);

    internal static MetaGraph Import(StoredMetaGraph stored, SessionOptions? options, OpRegistry? registry)
    {
        var proto = stored.Message;
        GraphValidation.Check(proto.GraphDef ?? new());
        var graph = Graph.FromDef(GraphImporter.Import(proto.GraphDef ?? new(), stored.Functions), registry);
        MetaGraphImporter.ImportCollections(graph, proto);
        ObjectGraphOrigin.Remember(graph, stored);
        return new(graph, options, SignatureReader.ReadAll(proto), proto.SaverDef is { RestoreOpName.Length: > 0, FilenameTensorName.Length: > 0 } saver ? SaverDef.FromProto(saver) : null);
    }

    internal static void Restore(Session session, SaverDef saver, string checkpoint, IReadOnlyList<KeyValuePair<string, Tensor>> assets)
    {
        using var prefix = Tensor.Scalar(checkpoint);
        session.Run([new(saver.FilenameTensorName, prefix), .. assets], [], [OperationName(saver.RestoreOpName)]);
    }

    /// <summary>The node of an operation or tensor name.</summary>
    internal static string OperationName(string name) => name.LastIndexOf(':') is var colon and > 0 ? name[..colon] : name;
}
