using Engine.Graphs;
using Engine.Io.Saving;
using Engine.Variables;

namespace Engine.Io;

/// <summary>Adds the nodes that save and restore, with the names TensorFlow gives them. Derive from it to add others.</summary>
public class SaverBuilder
{
    private const string S3 = "^s3://.*";

    /// <summary>A builder for a format.</summary>
    public SaverBuilder(CheckpointFormat version = CheckpointFormat.V2) => Version = version;

    /// <summary>The format written.</summary>
    public CheckpointFormat Version { get; }

    /// <summary>Adds all nodes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="units">Makes what is saved, sorted by name; called where its nodes belong, in the saver's scope.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for tensors of one unit on several devices.</exception>
    public SaverDef Build(Graph graph, Func<IReadOnlyList<SaveableObject>> units, SaverOptions options)
    {
        using var scope = graph.NameScope(options.Name ?? "save");
        // As in TensorFlow two placeholders: of old the second was a constant, and its name is what readers feed.
        var node = graph.UniqueName("filename");
        using (graph.NameScope(node + "/"))
            _ = graph.NewNode("Const", "input").Attr("dtype", DType.String).Attr("value", Tensor.Scalar(options.Filename ?? "model")).Build();
        var filename = Placeholder(graph, graph.NodeByName(node + "/input")[0], node + "/");
        filename = Placeholder(graph, filename, "Const");
        var saveables = units();
        Value saved;
        Node restored;
        if (options.Sharded)
        {
            var shards = ByDevice(saveables);
            saved = Version == CheckpointFormat.V2 ? AddShardedSave(graph, filename, shards) : AddShardedSaveV1(graph, filename, shards);
            restored = AddShardedRestore(graph, filename, shards, options.Reshape);
        }
        else
        {
            saved = AddSaveOf(graph, filename, saveables);
            restored = AddRestoreOf(graph, filename, saveables, options.Reshape, "", -1, "restore_all");
        }
        return new()
        {
            FilenameTensorName = filename.Name,
            SaveTensorName = saved.Name,
            RestoreOpName = restored.Name,
            MaxToKeep = options.MaxToKeep ?? 0,
            Sharded = options.Sharded,
            KeepCheckpointEveryNHours = (float)options.KeepCheckpointEveryNHours,
            Version = Version,
        };
    }

    /// <summary>Adds the node that writes a file.</summary>
    protected virtual Node AddSave(Graph graph, Value filename, IReadOnlyList<SaveableObject> saveables)
    {
        var specs = saveables.SelectMany(s => s.Specs).ToArray();
        var (op, name, slices) = Version == CheckpointFormat.V2 ? ("SaveV2", "SaveV2", "shape_and_slices") : ("SaveSlices", "save", "shapes_and_slices");
        name = graph.UniqueName(name);
        return graph.NewNode(op, name + "/").Input(filename)
            .Input(Names(graph, $"{name}/tensor_names/", specs.Select(s => s.Name)))
            .Input(Names(graph, $"{name}/{slices}/", specs.Select(s => s.ShapeAndSlice)))
            .Input([.. specs.Select(s => s.Tensor)]).Build();
    }

    /// <summary>Adds the nodes that read the tensors of all units, in order.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="filename">The prefix.</param>
    /// <param name="saveables">What to read.</param>
    /// <param name="preferredShard">Where to look first in a V1 checkpoint of several files; -1 for no wish.</param>
    protected virtual IReadOnlyList<Value> AddRestore(Graph graph, Value filename, IReadOnlyList<SaveableObject> saveables, int preferredShard)
    {
        var specs = saveables.SelectMany(s => s.Specs).ToArray();
        var name = graph.UniqueName("RestoreV2");
        var node = graph.NewNode("RestoreV2", name + "/").Input(filename)
            .Input(Names(graph, name + "/tensor_names/", specs.Select(s => s.Name)))
            .Input(Names(graph, name + "/shape_and_slices/", specs.Select(s => s.ShapeAndSlice)))
            .Attr("dtypes", [.. specs.Select(s => s.Tensor.Type.Base())]).Build();
        return [.. specs.Select((_, i) => node[i])];
    }

    private static Value Placeholder(Graph graph, Value input, string name)
        => graph.NewNode("PlaceholderWithDefault", name).Input(input).Attr("shape", AttrValue.Of(PartialShape.Scalar)).Build()[0];

    private static Value Names(Graph graph, string name, IEnumerable<string> names)
        => graph.NewNode("Const", name).Attr("dtype", DType.String).Attr("value", Tensor.FromStrings([.. names])).Build()[0];

    private Value AddSaveOf(Graph graph, Value filename, IReadOnlyList<SaveableObject> saveables)
        => After(graph, AddSave(graph, filename, saveables), filename);

    private static Value After(Graph graph, Node node, Value value) => graph.NewNode("Identity", "control_dependency").Input(value).After(node)
        .Attr("_class", AttrValue.List("loc:@" + value.Node.Name)).Build()[0];

    private Node AddRestoreOf(Graph graph, Value filename, IReadOnlyList<SaveableObject> saveables, bool reshape, string device, int shard, string name)
    {
        IReadOnlyList<Value> tensors;
        using (graph.Device(DeviceSpec.Parse(device).WithCpu().ToString()))
            tensors = AddRestore(graph, filename, saveables, shard);
        var restored = new List<Node>();
        var at = 0;
        foreach (var saveable in saveables)
        {
            restored.Add(saveable.Restore([.. tensors.Skip(at).Take(saveable.Specs.Count)], reshape));
            at += saveable.Specs.Count;
        }
        return graph.Group(restored, name);
    }

    private Value AddShardedSave(Graph graph, Value prefix, List<(string Device, List<SaveableObject> Saveables)> shards)
    {
        Value temporary;
        using (graph.Device("/device:CPU:*"))
        {
            var isS3 = graph.NewNode("StaticRegexFullMatch").Input(prefix).Attr("pattern", S3).Build()[0];
            var suffix = graph.NewNode("Select").Input(isS3).Input(graph.Constant(".part")).Input(graph.Constant("_temp/part")).Build()[0];
            temporary = graph.NewNode("StringJoin").Input([prefix, suffix]).Build()[0];
        }
        var count = graph.Constant(shards.Count, "num_shards");
        var names = new List<Value>();
        var saves = new List<Node>();
        var last = "";
        foreach (var (device, saveables) in shards)
        {
            last = DeviceSpec.Parse(device).WithCpu().ToString();
            using (graph.Device(last))
            {
                names.Add(ShardName(graph, temporary, names.Count, count));
                saves.Add(AddSaveOf(graph, names[^1], saveables).Node);
            }
        }
        using (graph.Device(last))
        {
            var name = graph.UniqueName("MergeV2Checkpoints");
            Value prefixes;
            using (graph.ControlDependencies(saves))
                prefixes = graph.NewNode("Pack", name + "/checkpoint_prefixes/").Input(names).Build()[0];
            var merge = graph.NewNode("MergeV2Checkpoints", name + "/").Input(prefixes).Input(prefix).Attr("delete_old_dirs", true).Build();
            using (graph.ControlDependencies([.. saves, merge]))
                return graph.NewNode("Identity").Input(prefix).Build()[0];
        }
    }

    private Value AddShardedSaveV1(Graph graph, Value filename, List<(string Device, List<SaveableObject> Saveables)> shards)
    {
        var count = graph.Constant(shards.Count, "num_shards");
        var saves = new List<Node>();
        foreach (var (device, saveables) in shards)
        {
            using (graph.Device(device))
                saves.Add(AddSaveOf(graph, ShardName(graph, filename, saves.Count, count), saveables).Node);
        }
        using (graph.ControlDependencies(saves))
            return graph.NewNode("ShardedFilespec").Input(filename).Input(count).Build()[0];
    }

    private static Value ShardName(Graph graph, Value prefix, int shard, Value count)
    {
        var name = graph.UniqueName("ShardedFilename");
        var number = graph.Constant(Tensor.Scalar(shard), name + "/shard/");
        return graph.NewNode("ShardedFilename", name + "/").Input(prefix).Input(number).Input(count).Build()[0];
    }

    private Node AddShardedRestore(Graph graph, Value filename, List<(string Device, List<SaveableObject> Saveables)> shards, bool reshape)
    {
        var restored = new List<Node>();
        foreach (var (device, saveables) in shards)
        {
            using (graph.Device(device))
                restored.Add(AddRestoreOf(graph, filename, saveables, reshape, device, restored.Count, "restore_shard"));
        }
        if (shards.Count == 1)
            return graph.Group(restored, "restore_all");
        var name = graph.UniqueName("restore_all");
        var parts = new List<Node>();
        foreach (var (node, (device, _)) in restored.Zip(shards))
        {
            using (graph.Device(device))
            using (graph.NameScope(name + "/"))
                parts.Add(graph.Group([node], "NoOp"));
        }
        return graph.Group(parts, name + "/");
    }

    private static List<(string Device, List<SaveableObject> Saveables)> ByDevice(IReadOnlyList<SaveableObject> saveables)
    {
        var devices = new SortedDictionary<string, List<SaveableObject>>(StringComparer.Ordinal);
        foreach (var saveable in saveables)
        {
            var names = saveable.Specs.Select(s => DeviceSpec.Parse(s.Device).ToString()).Distinct().ToArray();
            if (names is not [var device])
                throw EngineException.InvalidArgument($"All tensors of {saveable.Name} must be on one device, but are on: {string.Join(", ", names)}");
            if (!devices.TryGetValue(device, out var list))
                devices[device] = list = [];
            list.Add(saveable);
        }
        return [.. devices.Select(d => (d.Key, d.Value))];
    }
}
