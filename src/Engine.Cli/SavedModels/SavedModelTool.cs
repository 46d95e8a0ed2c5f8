using Engine.Cli.Flags;
using Engine.Io;
using Engine.Io.Python;
using Engine.Io.SavedModels;

namespace Engine.Cli.SavedModels;

/// <summary>The commands of saved_model_cli, for both ways of writing a command line.</summary>
internal sealed class SavedModelTool(Terminal terminal)
{
    /// <summary>Whether tags may have blanks around them and run may leave the tag set and the signature out.</summary>
    internal bool IsLenient { get; init; }

    /// <summary>Threads for the work inside ops; all cores if null.</summary>
    internal int? Threads { get; init; }

    /// <summary><c>show</c>.</summary>
    internal void Show(FlagValues flags)
    {
        using var model = Open(flags["dir"]!);
        var report = new SavedModelReport(terminal.Out);
        if (flags.Has("all"))
        {
            report.All(model);
        }
        else if (flags["tag_set"] is not { } tags)
        {
            if (flags.Has("list_ops"))
                terminal.Out.WriteLine("--list_ops must be paired with a tag-set or with --all.");
            report.TagSets(model);
        }
        else
        {
            var graph = Find(model, tags);
            if (flags.Has("list_ops"))
                report.Ops(graph);
            if (flags["signature_def"] is { } key)
                report.Signature(Signature(graph, key), "");
            else
                report.Keys(graph);
        }
    }

    /// <summary><c>scan</c>.</summary>
    internal void Scan(FlagValues flags)
    {
        using var model = Open(flags["dir"]!);
        var report = new SavedModelReport(terminal.Out);
        if (!string.IsNullOrEmpty(flags["tag_set"]))
        {
            report.Scan(Find(model, flags["tag_set"]!), flags["op_denylist"]);
            return;
        }
        foreach (var graph in model.Graphs)
            report.Scan(graph, flags["op_denylist"]);
    }

    /// <summary><c>run</c>.</summary>
    internal void Run(FlagValues flags)
    {
        if (flags["inputs"] is "" && flags["input_exprs"] is "" && flags["input_examples"] is "" && !IsLenient)
            throw new PythonException("AttributeError", "At least one of --inputs, --input_exprs or --input_examples must be required");
        // The inputs may be large, and the model too.
        var ahead = new LoadAhead(flags["dir"]!);
        var inputs = new RunInputs(terminal, IsLenient).Read(flags["inputs"]!, flags["input_exprs"]!, flags["input_examples"]!);
        using var model = Open(flags["dir"]!);
        var graph = flags["tag_set"] is { } tags ? Find(model, tags) : OnlyGraph(model);
        // TensorFlow's loader takes empty tags for tags.
        if (!IsLenient && !flags["tag_set"]!.Split(',').ToHashSet().SetEquals(graph.Tags))
            throw new PythonException("RuntimeError", $"MetaGraphDef associated with tags {PythonText.Repr(flags["tag_set"])} could not be found in SavedModel.");
        var signature = flags["signature_def"] is { } key ? Signature(graph, key) : OnlySignature(graph);
        Unavailable(flags);
        new SignatureRun(terminal, flags, Threads).Run(signature, graph.Tags, inputs, ahead);
    }

    private void Unavailable(FlagValues flags)
    {
        if (flags.Has("init_tpu"))
        {
            terminal.Out.WriteLine("Initializing TPU System ...");
            throw EngineException.InvalidArgument("--init_tpu: there is no TPU here; this tool runs models on the CPU by itself.");
        }
        if (flags.Has("use_tfrt"))
            throw EngineException.NotFound("--use_tfrt: TensorFlow's other runtime is not part of this tool.");
        if (!string.IsNullOrEmpty(flags["worker"]))
            throw EngineException.Unimplemented("--worker: models run in this process; TensorFlow workers are not spoken to.");
    }

    private static SavedModelOutline Open(string folder)
    {
        var path = SavedModelOutline.FindFile(folder) ?? throw new PythonException("OSError", $"SavedModel file does not exist at: {folder}{Path.DirectorySeparatorChar}{{saved_model.pbtxt|saved_model.pb}}");
        try
        {
            return SavedModelOutline.Read(path);
        }
        catch (EngineException e) when (e.Code == StatusCode.DataLoss)
        {
            throw new PythonException("OSError", $"Cannot parse {(path.EndsWith(".pbtxt", StringComparison.Ordinal) ? "pbtxt" : "proto")} file {path}: {e.Message}.", e);
        }
    }

    private MetaGraphOutline Find(SavedModelOutline model, string tags)
    {
        // An empty set of tags names the graph without tags.
        var wanted = tags.Split(',').Select(t => IsLenient ? t.Trim() : t).Where(t => t.Length > 0).ToHashSet();
        return model.Graphs.FirstOrDefault(g => wanted.SetEquals(g.Tags))
            ?? throw new PythonException("RuntimeError", $"MetaGraphDef associated with tag-set {tags} could not be found in the SavedModel. Please use one of the following tag-sets: "
                + PythonText.Repr(model.Graphs.Select(g => (object?)string.Join(',', g.Tags)).ToList()));
    }

    private static Io.Protos.SignatureDef Signature(MetaGraphOutline graph, string key) => graph.Signatures.TryGetValue(key, out var signature)
        ? signature
        : throw PythonException.Value($"Could not find signature \"{key}\". Please choose from: {string.Join(", ", graph.Signatures.Keys)}");

    private static MetaGraphOutline OnlyGraph(SavedModelOutline model) => model.Graphs is [var only] ? only
        : model.Graphs.FirstOrDefault(g => g.Tags is ["serve"])
        ?? throw EngineException.InvalidArgument($"Choose a graph with --tag_set. There are: {string.Join("; ", model.Graphs.Select(g => string.Join(',', g.Tags)))}");

    private static Io.Protos.SignatureDef OnlySignature(MetaGraphOutline graph)
    {
        if (graph.Signatures.TryGetValue("serving_default", out var usual))
            return usual;
        var callable = graph.Signatures.Where(s => !s.Key.StartsWith("__", StringComparison.Ordinal)).ToList();
        return callable.Count == 1 ? callable[0].Value : throw EngineException.InvalidArgument($"Choose a signature with --signature_def. There are: {string.Join(", ", graph.Signatures.Keys)}");
    }
}
