using Engine.Graphs;
using Engine.Io.MetaGraphs;
using Engine.Io.SavedModels;
using Engine.Runtime;

namespace Engine.Io;

/// <summary>Loads SavedModels into a session (<c>tf.saved_model.loader</c>). <see cref="SavedModel.Load(string)"/> makes the session too.</summary>
public static class Loader
{
    /// <summary>Whether a folder holds a SavedModel: it has <c>saved_model.pb</c> or <c>saved_model.pbtxt</c>, which may still be damaged.</summary>
    public static bool MaybeSavedModelDirectory(string exportDir)
        => File.Exists(Path.Combine(exportDir, SavedModelConstants.SavedModelFilenamePb)) || File.Exists(Path.Combine(exportDir, SavedModelConstants.SavedModelFilenamePbtxt));

    /// <summary>Adds the graph with exactly these tags to the session's graph, restores its variables, and runs its init op.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tags">The tags, in any order.</param>
    /// <param name="exportDir">The folder of the SavedModel.</param>
    /// <param name="importScope">A scope of names to put the graph under; <c>name_1</c> when it is taken.</param>
    /// <param name="clearDevices">Whether devices are left out.</param>
    /// <param name="inputMap">Name in the file → tensor of the session's graph that takes its place as an input, as in <see cref="Graph.Import"/>.</param>
    /// <returns>What the file says about the graph, its signatures above all.</returns>
    /// <exception cref="EngineException">NOT_FOUND for a missing file or tag set, DATA_LOSS for damaged files, INVALID_ARGUMENT for a graph that is wrong.</exception>
    public static MetaGraphDef Load(Session session, IReadOnlyList<string> tags, string exportDir, string? importScope = null, bool clearDevices = false,
        IReadOnlyDictionary<string, Value>? inputMap = null)
    {
        var proto = MetaGraphFile.Find(MetaGraphFile.Read(exportDir), tags, exportDir);
        var scope = MetaGraphImporter.ImportGraph(session.Graph, proto, clearDevices, importScope, inputMap);
        SavedModelInitializer.Run(session, proto.SaverDef is { } saver ? SaverDef.FromProto(saver).InScope(scope) : null, proto, exportDir, scope);
        return new(proto);
    }
}
