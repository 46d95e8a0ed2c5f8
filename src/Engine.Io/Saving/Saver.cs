using System.Globalization;
using Engine.Graphs;
using Engine.Io.MetaGraphs;
using Engine.Io.Saving;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io;

/// <summary>
/// Saves variables of a session to checkpoints and restores them (<c>tf.train.Saver</c>): adds the nodes that do so to the graph, runs them, keeps the most
/// recent checkpoints, and writes the state file and the meta graph beside them.
/// </summary>
public sealed class Saver
{
    private readonly Graph graph;
    private readonly SaverOptions options;
    private readonly SortedDictionary<string, List<ISaveable>>? names;
    private readonly CheckpointHistory history;
    private Saver? objectSaver;

    /// <summary>A saver of all variables and tables of a graph.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there are none.</exception>
    public Saver(Graph graph, SaverOptions? options = null)
        : this(graph, options, null)
    {
    }

    /// <summary>A saver of variables by the names they have in the graph.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there are none, or two of one name.</exception>
    public Saver(Graph graph, IEnumerable<ISaveable> variables, SaverOptions? options = null)
        : this(graph, options, SaveableList.ByName(variables))
    {
    }

    /// <summary>A saver of variables by other names than they have in the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="variables">Name in the checkpoint → variable.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there are none, or one under two names.</exception>
    public Saver(Graph graph, IReadOnlyDictionary<string, ISaveable> variables, SaverOptions? options = null)
        : this(graph, options, new(variables.ToDictionary(v => v.Key, v => new List<ISaveable> { v.Value }), StringComparer.Ordinal))
    {
    }

    private Saver(Graph graph, SaverOptions? options, SortedDictionary<string, List<ISaveable>>? names)
    {
        this.graph = graph;
        this.options = options ?? new();
        this.names = names;
        history = new CheckpointHistory(this.options.KeepCheckpointEveryNHours, this.options.TimeProvider);
        Def = this.options.SaverDef?.InScope(this.options.Name ?? "");
        if (Def is not null)
            Check(Def);
        else if (!this.options.DeferBuild)
            Build();
    }

    /// <summary>The names of the saver's nodes; null before <see cref="Build"/>, and when there is nothing to save.</summary>
    public SaverDef? Def { get; private set; }

    /// <summary>The checkpoints that are kept, oldest first; the next one may delete the first.</summary>
    public IReadOnlyList<string> LastCheckpoints => history.Paths;

    private bool IsEmpty { get; set; }

    private int MaxToKeep => Def?.MaxToKeep ?? options.MaxToKeep ?? 0;

    /// <summary>Adds the nodes, where the options put that off.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there is nothing to save, FAILED_PRECONDITION when they are there already.</exception>
    public void Build()
    {
        if (Def is not null)
            throw EngineException.FailedPrecondition("The saver was built already.");
        var saved = names ?? SaveableList.ByName(SaveableList.All(graph));
        IsEmpty = saved.Count == 0;
        if (IsEmpty)
        {
            if (!options.AllowEmpty)
                throw EngineException.InvalidArgument("No variables to save");
            return;
        }
        Def = (options.Builder ?? new SaverBuilder(options.WriteVersion)).Build(graph, () => SaveableList.Parts(saved), options);
        Check(Def);
    }

    /// <summary>Saves the variables of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="savePath">The prefix of the checkpoint's files.</param>
    /// <param name="globalStep">A number that is added to the prefix.</param>
    /// <param name="latestFilename">The name of the state file, without a folder; <c>checkpoint</c> when null.</param>
    /// <param name="metaGraphSuffix">How the name of the meta graph ends.</param>
    /// <param name="writeMetaGraph">Whether the graph is written too.</param>
    /// <param name="writeState">Whether the state file is written; without it nothing is deleted either.</param>
    /// <param name="stripDefaultAttrs">Whether attributes with default values are left out of the meta graph, for older readers.</param>
    /// <returns>Where the checkpoint is: what <see cref="Restore"/> takes. Null when there is nothing to save.</returns>
    /// <exception cref="EngineException">INVALID_ARGUMENT for paths that collide or a missing folder; what writing says otherwise.</exception>
    public string? Save(Session session, string savePath, GlobalStep? globalStep = null, string? latestFilename = null, string metaGraphSuffix = "meta",
        bool writeMetaGraph = true, bool writeState = true, bool stripDefaultAttrs = false)
    {
        if (Def is null && !IsEmpty)
            throw EngineException.FailedPrecondition("The saver was not built; call Build before Save.");
        latestFilename ??= CheckpointStateFile.DefaultName;
        if (Path.GetFileName(latestFilename) != latestFilename)
            throw EngineException.InvalidArgument($"The name of the state file must not have a folder: '{latestFilename}'");
        var prefix = savePath;
        if (globalStep is not null)
            prefix = string.Create(CultureInfo.InvariantCulture, $"{savePath}-{globalStep.Evaluate(session).ToString(options.PadStepNumber ? "D8" : "D", CultureInfo.InvariantCulture)}");
        else if (Path.GetFileName(savePath) == latestFilename && !options.Sharded)
            throw EngineException.InvalidArgument($"The state file '{latestFilename}' collides with the checkpoint '{savePath}'.");
        var folder = Path.GetDirectoryName(savePath) ?? "";
        var path = IsEmpty ? null : Write(session, prefix, folder);
        AbandonedFiles.Remove(savePath, latestFilename, metaGraphSuffix);
        if (path is not null && writeState)
        {
            var outdated = history.Add(path, MaxToKeep);
            CheckpointStateFile.Write(folder, path, history.Paths, latestFilename, null, null, options.SaveRelativePaths);
            if (outdated is not null)
                CheckpointManagement.RemoveCheckpoint(outdated, Def!.Version, metaGraphSuffix);
        }
        if (writeMetaGraph)
            ExportMetaGraph(CheckpointManagement.MetaGraphName(prefix, metaGraphSuffix), stripDefaultAttrs: stripDefaultAttrs);
        return path;
    }

    /// <summary>Restores the variables of a session; they need not be initialised.</summary>
    /// <param name="session">The session.</param>
    /// <param name="savePath">What <see cref="Save"/> or <see cref="CheckpointManagement.LatestCheckpoint"/> returned. An object-based checkpoint will do too.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT when there is no such checkpoint or a shape differs, NOT_FOUND when a variable is not in it, DATA_LOSS.</exception>
    public void Restore(Session session, string savePath)
    {
        if (IsEmpty)
            return;
        if (Def is null)
            throw EngineException.FailedPrecondition("The saver was not built; call Build before Restore.");
        if (!CheckpointManagement.CheckpointExists(savePath))
            throw EngineException.InvalidArgument($"The passed save_path is not a valid checkpoint: {savePath}");
        try
        {
            using var prefix = Tensor.Scalar(savePath);
            session.Run([new(Def.FilenameTensorName, prefix)], [], [Def.RestoreOpName]);
        }
        catch (EngineException e) when (e.Code == StatusCode.NotFound)
        {
            if (ObjectKeys.ByVariableName(savePath) is not { } keys)
                throw new EngineException(e.Code, $"A variable of the graph is not in the checkpoint {savePath}: {e.Message}", e);
            RestoreObjects(session, savePath, keys, e);
        }
    }

    /// <summary>Tells the saver of checkpoints that an earlier one wrote, oldest first, so that they are deleted in turn. Those that are gone are left out.</summary>
    public void RecoverLastCheckpoints(IEnumerable<string> checkpoints) => history.Recover(checkpoints);

    /// <summary>Replaces the list of kept checkpoints, whose times are not known: none of them is ever kept for good.</summary>
    public void SetLastCheckpoints(IEnumerable<string> checkpoints) => history.Set(checkpoints.Select(c => (c, double.PositiveInfinity)));

    /// <summary>Replaces the list of kept checkpoints, with the times of saving in seconds since 1970.</summary>
    public void SetLastCheckpointsWithTime(IEnumerable<(string Path, double Time)> checkpoints) => history.Set(checkpoints);

    /// <summary>Writes the graph, its collections and this saver (<c>MetaGraphDef</c>).</summary>
    /// <param name="path">Where to.</param>
    /// <param name="collections">The collections to write; all when null.</param>
    /// <param name="asText">Whether as text.</param>
    /// <param name="exportScope">
    /// Of which scope of names; the whole graph when null. Inputs from outside are named <c>$unbound_inputs_NAME</c>, and have to be given when it is imported.
    /// </param>
    /// <param name="clearDevices">Whether devices are left out.</param>
    /// <param name="clearExtraneousSavers">Whether the nodes and entries of other savers are left out.</param>
    /// <param name="stripDefaultAttrs">Whether attributes with default values are left out, for older readers.</param>
    public void ExportMetaGraph(string path, IReadOnlyList<string>? collections = null, bool asText = false, string? exportScope = null,
        bool clearDevices = false, bool clearExtraneousSavers = false, bool stripDefaultAttrs = false)
        => MetaGraphExporter.Write(path, graph, new()
        {
            Saver = Def,
            Collections = collections,
            Scope = exportScope,
            ClearDevices = clearDevices,
            ClearExtraneousSavers = clearExtraneousSavers,
            StripDefaultAttrs = stripDefaultAttrs,
            AddShapes = true,
        }, asText);

    /// <summary>
    /// Adds a graph that was saved beside a checkpoint to a graph, with its collections (<c>tf.train.import_meta_graph</c>). As there a node whose name is taken
    /// becomes <c>name_1</c>, while the collections and the saver mean the nodes that have the names of the file: put a second graph under a scope.
    /// </summary>
    /// <param name="graph">The graph it is added to.</param>
    /// <param name="path">The <c>.meta</c> file, binary or text.</param>
    /// <param name="clearDevices">Whether devices are left out.</param>
    /// <param name="importScope">A scope of names to put it under; <c>name_1</c> when it is taken.</param>
    /// <param name="options">Options of the saver.</param>
    /// <param name="inputMap">
    /// Name in the file → tensor of the graph that takes its place as an input, as in <see cref="Graph.Import"/>; needed for all <c>$unbound_inputs_NAME</c>.
    /// </param>
    /// <returns>The saver; null when the graph has none and no variables either.</returns>
    /// <exception cref="EngineException">NOT_FOUND, DATA_LOSS, INVALID_ARGUMENT.</exception>
    public static Saver? ImportMetaGraph(Graph graph, string path, bool clearDevices = false, string? importScope = null, SaverOptions? options = null,
        IReadOnlyDictionary<string, Value>? inputMap = null)
        => MetaGraphImporter.Import(graph, MetaGraphImporter.Read(path), clearDevices, importScope, inputMap, options);

    private string Write(Session session, string prefix, string folder)
    {
        try
        {
            using var name = Tensor.Scalar(prefix);
            using var path = session.Run([new(Def!.FilenameTensorName, name)], [Def.SaveTensorName])[0];
            return path.ToStrings()[0];
        }
        catch (EngineException e) when (e.Code is StatusCode.NotFound or StatusCode.FailedPrecondition && folder.Length > 0 && !Directory.Exists(folder))
        {
            throw new EngineException(StatusCode.InvalidArgument, $"Parent directory of {prefix} doesn't exist, can't save.", e);
        }
    }

    private void RestoreObjects(Session session, string savePath, IReadOnlyDictionary<string, string> keys, EngineException error)
    {
        if (objectSaver is null)
        {
            var saved = names ?? SaveableList.ByName(SaveableList.All(graph));
            if (saved.Keys.Where(n => !keys.ContainsKey(n)).ToArray() is [_, ..] missing)
                throw new EngineException(StatusCode.NotFound, $"The object-based checkpoint {savePath} has no {string.Join(", ", missing)}.", error);
            objectSaver = new Saver(graph, new() { WriteVersion = options.WriteVersion },
                new SortedDictionary<string, List<ISaveable>>(saved.ToDictionary(n => keys[n.Key], n => n.Value), StringComparer.Ordinal));
        }
        objectSaver.Restore(session, savePath);
    }

    private static void Check(SaverDef def)
    {
        if (def.FilenameTensorName.Length == 0 || def.SaveTensorName.Length == 0 || def.RestoreOpName.Length == 0)
            throw EngineException.InvalidArgument("The SaverDef must name a filename tensor, a save tensor and a restore op.");
    }
}
