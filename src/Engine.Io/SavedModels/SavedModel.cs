using Engine.Graphs;
using Engine.Io.SavedModels;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Io;

/// <summary>A loaded SavedModel: a graph with a session in which its variables are restored and its tables initialised, and signatures to call.</summary>
public sealed class SavedModel : IDisposable
{
    private SavedModel(MetaGraph graph, IReadOnlyList<string> tags)
    {
        MetaGraph = graph;
        Tags = tags;
    }

    /// <summary>The graph with signatures and session.</summary>
    public MetaGraph MetaGraph { get; }

    /// <summary>The graph.</summary>
    public Graph Graph => MetaGraph.Graph;

    /// <summary>The session that holds the variables.</summary>
    public Session Session => MetaGraph.Session;

    /// <summary>The tags of the graph.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The signatures by key, those for internal use left out.</summary>
    public IReadOnlyDictionary<string, Signature> Signatures => MetaGraph.Signatures;

    /// <summary>Loads the only graph, or the one with tag <c>serve</c> of several.</summary>
    public static SavedModel Load(string folder) => Load(StoredMetaGraph.Read(folder, null), folder, null, null);

    /// <summary>Loads the graph that has exactly one tag.</summary>
    public static SavedModel Load(string folder, string tag) => Load(folder, [tag]);

    /// <summary>Loads a graph: imports it, restores the variables, feeds the assets to the init op and runs it.</summary>
    /// <param name="folder">The folder that holds <c>saved_model.pb</c> or <c>saved_model.pbtxt</c>.</param>
    /// <param name="tags">Exactly the tags of the wanted graph, in any order.</param>
    /// <param name="options">How the session runs.</param>
    /// <param name="registry">The ops; all that are installed by default.</param>
    /// <exception cref="EngineException">NOT_FOUND for a missing file or tag set, DATA_LOSS for damaged files, and what the graph's import, restore and init op throw.</exception>
    public static SavedModel Load(string folder, IReadOnlyList<string> tags, SessionOptions? options = null, OpRegistry? registry = null)
        => Load(StoredMetaGraph.Read(folder, tags, registry), folder, options, registry);

    /// <summary>Loads a graph whose file is being read already, and reads the functions that a first run will call beside the restoring of the variables.</summary>
    /// <param name="ahead">The reading of the file.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="tags">The tags of the graph.</param>
    /// <param name="fetches">Names of the tensors that will be fetched.</param>
    /// <param name="options">How the session runs.</param>
    internal static SavedModel Load(LoadAhead ahead, string folder, IReadOnlyList<string> tags, IReadOnlyList<string> fetches, SessionOptions options)
        => Load(ahead.Take(tags) ?? StoredMetaGraph.Read(folder, tags), folder, options, null, fetches);

    /// <summary>Writes a SavedModel of one graph that predicts (<c>tf.saved_model.simple_save</c>).</summary>
    /// <param name="session">The session whose variables are saved.</param>
    /// <param name="exportDir">The folder.</param>
    /// <param name="inputs">Inputs by name.</param>
    /// <param name="outputs">Outputs by name.</param>
    /// <param name="legacyInitOp">The node that a loader runs after restoring the variables.</param>
    /// <exception cref="EngineException">ALREADY_EXISTS when something is in the folder; INVALID_ARGUMENT without inputs or outputs.</exception>
    public static void SimpleSave(Session session, string exportDir, IReadOnlyDictionary<string, Value> inputs, IReadOnlyDictionary<string, Value> outputs, Node? legacyInitOp = null)
    {
        var signature = SignatureDefUtils.PredictSignatureDef(inputs, outputs);
        var builder = new SavedModelBuilder(exportDir);
        builder.AddMetaGraphAndVariables(session, [TagConstants.Serving],
            new Dictionary<string, SignatureDef> { [SignatureConstants.DefaultServingSignatureDefKey] = signature },
            assets: session.Graph.Collections.Get<Value>(GraphKeys.AssetFilepaths), mainOp: legacyInitOp, clearDevices: true);
        builder.Save();
    }

    /// <summary>Runs a signature.</summary>
    /// <param name="signature">The key.</param>
    /// <param name="inputs">Inputs by name; those with a default may be left out.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>All outputs by name; the caller disposes them.</returns>
    public IReadOnlyDictionary<string, Tensor> Run(string signature, IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellation = default)
        => MetaGraph.Run(signature, inputs, cancellation);

    /// <inheritdoc/>
    public void Dispose() => MetaGraph.Dispose();

    private static SavedModel Load(StoredMetaGraph stored, string folder, SessionOptions? options, OpRegistry? registry, IReadOnlyList<string>? fetches = null)
    {
        var graph = MetaGraph.Import(stored, options, registry);
        if (fetches is not null && Environment.ProcessorCount > 1)
            new Thread(() => graph.Session.ReadFunctions(fetches)) { IsBackground = true, Name = "Engine functions" }.Start();
        var proto = stored.Message;
        try
        {
            SavedModelInitializer.Run(graph.Session, graph.SaverDef, proto, folder);
            return new(graph, [.. proto.MetaInfoDef?.Tags ?? []]);
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }
}
