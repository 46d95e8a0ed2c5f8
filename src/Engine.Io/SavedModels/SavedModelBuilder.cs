using Engine.Graphs;
using Engine.Io.Files;
using Engine.Io.MetaGraphs;
using Engine.Io.SavedModels;
using Engine.Runtime;

namespace Engine.Io;

/// <summary>
/// Writes a SavedModel (<c>tf.saved_model.builder.SavedModelBuilder</c>): one or more graphs with their signatures, which share variables and files. Nothing but
/// variables and files is written before <see cref="Save"/>.
/// </summary>
public sealed class SavedModelBuilder
{
    private readonly string folder;
    private readonly AssetFiles assets;
    private readonly Protos.SavedModel model = new() { SavedModelSchemaVersion = SavedModelConstants.SavedModelSchemaVersion };
    private bool hasVariables;

    /// <summary>A builder for a folder, which is made when it is not there.</summary>
    /// <exception cref="EngineException">ALREADY_EXISTS when something is in it.</exception>
    public SavedModelBuilder(string exportDir)
    {
        folder = exportDir;
        assets = new AssetFiles(exportDir);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw EngineException.AlreadyExists($"Export directory {folder} already exists, and isn't empty. Please choose a different export directory, or delete all the contents of the specified directory.");
        Make(folder);
    }

    /// <summary>Adds the first graph, and saves the variables of its session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tags">The tags a loader asks for.</param>
    /// <param name="signatureDefMap">The signatures by key.</param>
    /// <param name="assets">Constants with the paths of files that are copied along.</param>
    /// <param name="legacyInitOp">As <paramref name="mainOp"/>, which is preferred.</param>
    /// <param name="clearDevices">Whether devices are left out.</param>
    /// <param name="mainOp">The node that a loader runs after restoring the variables.</param>
    /// <param name="stripDefaultAttrs">Whether attributes with default values are left out, so that older readers can load the graph.</param>
    /// <param name="saver">The saver; a new one of all variables by default.</param>
    /// <param name="trainOp">The node that makes a training step; kept for whoever goes on training.</param>
    /// <exception cref="EngineException">FAILED_PRECONDITION when variables were saved before, or the graph has a main op already; INVALID_ARGUMENT for signatures without names or types.</exception>
    public void AddMetaGraphAndVariables(Session session, IReadOnlyList<string> tags, IReadOnlyDictionary<string, SignatureDef>? signatureDefMap = null,
        IReadOnlyList<Value>? assets = null, Node? legacyInitOp = null, bool clearDevices = false, Node? mainOp = null, bool stripDefaultAttrs = false,
        Saver? saver = null, Node? trainOp = null)
    {
        if (hasVariables)
            throw EngineException.FailedPrecondition("Graph state including variables and assets has already been saved. Please invoke `AddMetaGraph()` instead.");
        Check(signatureDefMap);
        AddCollections(session.Graph, assets, mainOp ?? legacyInitOp, trainOp);
        Make(Path.Combine(folder, SavedModelConstants.VariablesDirectory));
        saver ??= MakeSaver(session.Graph);
        saver.Save(session, Path.Combine(folder, SavedModelConstants.VariablesDirectory, SavedModelConstants.VariablesFilename), writeMetaGraph: false, writeState: false);
        Add(session.Graph, saver, tags, signatureDefMap, clearDevices, stripDefaultAttrs);
        hasVariables = true;
    }

    /// <summary>Adds another graph, which uses the variables that were saved with the first one.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="tags">The tags a loader asks for.</param>
    /// <param name="signatureDefMap">The signatures by key.</param>
    /// <param name="assets">Constants with the paths of files that are copied along.</param>
    /// <param name="legacyInitOp">As <paramref name="mainOp"/>, which is preferred.</param>
    /// <param name="clearDevices">Whether devices are left out.</param>
    /// <param name="mainOp">The node that a loader runs after restoring the variables.</param>
    /// <param name="stripDefaultAttrs">Whether attributes with default values are left out, so that older readers can load the graph.</param>
    /// <param name="saver">The saver; a new one of all variables by default.</param>
    /// <exception cref="EngineException">FAILED_PRECONDITION when no variables were saved yet, or the graph has a main op already; INVALID_ARGUMENT for signatures without names or types.</exception>
    public void AddMetaGraph(Graph graph, IReadOnlyList<string> tags, IReadOnlyDictionary<string, SignatureDef>? signatureDefMap = null,
        IReadOnlyList<Value>? assets = null, Node? legacyInitOp = null, bool clearDevices = false, Node? mainOp = null, bool stripDefaultAttrs = false,
        Saver? saver = null)
    {
        if (!hasVariables)
            throw EngineException.FailedPrecondition("Graph state including variables and assets has not been saved yet. Please invoke `AddMetaGraphAndVariables()` first.");
        Check(signatureDefMap);
        AddCollections(graph, assets, mainOp ?? legacyInitOp, null);
        Add(graph, saver ?? MakeSaver(graph), tags, signatureDefMap, clearDevices, stripDefaultAttrs);
    }

    /// <summary>Copies a file to <c>assets.extra</c>: for users of the model, not for its graph.</summary>
    /// <param name="source">The file.</param>
    /// <param name="destination">Its path in <c>assets.extra</c>; its name by default.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a destination outside, NOT_FOUND.</exception>
    public void AddExtraAsset(string source, string? destination = null) => assets.CopyExtra(source, destination ?? Path.GetFileName(source));

    /// <summary>Writes <c>saved_model.pb</c>, or <c>saved_model.pbtxt</c>.</summary>
    /// <returns>The path of the file.</returns>
    public string Save(bool asText = false)
    {
        Make(folder);
        var path = Path.Combine(folder, asText ? SavedModelConstants.SavedModelFilenamePbtxt : SavedModelConstants.SavedModelFilenamePb);
        MessageFile.Write(path, model);
        return path;
    }

    private void Add(Graph graph, Saver saver, IReadOnlyList<string> tags, IReadOnlyDictionary<string, SignatureDef>? signatures, bool clearDevices, bool stripDefaultAttrs)
    {
        var proto = MetaGraphExporter.Export(graph, new() { Saver = saver.Def, Tags = tags, ClearDevices = clearDevices, StripDefaultAttrs = stripDefaultAttrs, AddShapes = true });
        foreach (var (key, signature) in (signatures ?? new Dictionary<string, SignatureDef>()).OrderBy(s => s.Key, StringComparer.Ordinal))
            proto.SignatureDef[key] = signature.ToProto();
        ObjectGraphOrigin.Add(graph, saver, proto);
        model.MetaGraphs.Add(proto);
    }

    private void AddCollections(Graph graph, IReadOnlyList<Value>? files, Node? mainOp, Node? trainOp)
    {
        foreach (var asset in assets.Copy(files ?? []))
            graph.Collections.Add(SavedModelConstants.AssetsKey, asset);
        if (mainOp is not null)
        {
            foreach (var key in (ReadOnlySpan<string>)[SavedModelConstants.MainOpKey, SavedModelConstants.LegacyInitOpKey])
            {
                if (graph.Collections.Get(key).Count > 0)
                    throw EngineException.FailedPrecondition($"Graph already contains one or more main ops under the collection {key}.");
            }
            graph.Collections.Add(SavedModelConstants.MainOpKey, mainOp);
        }
        if (trainOp is not null)
            graph.Collections.Add(SavedModelConstants.TrainOpKey, trainOp);
    }

    private static Saver MakeSaver(Graph graph) => new(graph, new SaverOptions { Sharded = true, AllowEmpty = true });

    private static void Check(IReadOnlyDictionary<string, SignatureDef>? signatures)
    {
        foreach (var (key, signature) in signatures ?? new Dictionary<string, SignatureDef>())
        {
            if (key is SavedModelConstants.InitOpSignatureKey or SavedModelConstants.TrainOpSignatureKey)
                throw EngineException.InvalidArgument($"SignatureDef map key \"{key}\" is reserved. Please use a different key.");
            foreach (var (name, info) in signature.Inputs.Concat(signature.Outputs))
                Check(info.Proto, $"'{name}' of signature '{key}'");
        }
    }

    private static void Check(Protos.TensorInfo info, string what)
    {
        if (info.EncodingCase == Protos.TensorInfo.EncodingOneofCase.None)
            throw EngineException.InvalidArgument($"{what} names no tensor.");
        if (info.EncodingCase == Protos.TensorInfo.EncodingOneofCase.CompositeTensor)
        {
            foreach (var component in info.CompositeTensor.Components)
                Check(component, what);
        }
        else if (info.Dtype == Protos.DataType.DtInvalid)
        {
            throw EngineException.InvalidArgument($"{what} has no type.");
        }
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (FileErrors.Convert(e, folder) is { } converted)
        {
            throw converted;
        }
    }
}
