using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;
using Engine.Tensors;
using Engine.Variables;

namespace Engine.Interop.Cases;

/// <summary>Checkpoints of a Saver, in every flavour: TensorFlow reads each tensor, and restores through our meta graph.</summary>
internal sealed class CheckpointCase : InteropCase
{
    private string name = "";
    private SaverOptions options = new();
    private bool resource;
    private Func<Graph, ISaveable[]> variables = _ => [];

    internal override string Name => $"checkpoint_{name}_{(resource ? "resource" : "reference")}";

    internal override string Kind => "checkpoint";

    internal override IEnumerable<InteropCase> Variants(string trained)
    {
        var v1 = new SaverOptions { WriteVersion = CheckpointFormat.V1 };
        foreach (var kind in (bool[])[false, true])
        {
            yield return new CheckpointCase { name = "v2", resource = kind, variables = g => Simple(g, kind) };
            yield return new CheckpointCase { name = "v1", resource = kind, options = v1, variables = g => Simple(g, kind) };
            yield return new CheckpointCase { name = "dtypes", resource = kind, variables = g => Types(g, kind) };
            yield return new CheckpointCase { name = "reshape", resource = kind, options = new() { Reshape = true }, variables = g => Simple(g, kind) };
            yield return new CheckpointCase { name = "sharded", resource = kind, options = new() { Sharded = true }, variables = g => Simple(g, kind) };
            yield return new CheckpointCase { name = "sharded_v1", resource = kind, options = v1 with { Sharded = true }, variables = g => Simple(g, kind) };
            yield return new CheckpointCase { name = "devices", resource = kind, options = new() { Sharded = true }, variables = g => OnDevices(g, kind) };
            yield return new CheckpointCase { name = "devices_v1", resource = kind, options = v1 with { Sharded = true }, variables = g => OnDevices(g, kind) };
            yield return new CheckpointCase { name = "partitioned", resource = kind, variables = g => Partitioned(g, kind) };
            yield return new CheckpointCase { name = "partitioned_v1", resource = kind, options = v1, variables = g => Partitioned(g, kind) };
            yield return new CheckpointCase { name = "partitioned_sharded", resource = kind, options = new() { Sharded = true }, variables = g => Partitioned(g, kind) };
            yield return new CheckpointCase { name = "scopes", resource = kind, variables = g => Scopes(g, kind) };
        }
        yield return new CheckpointCase { name = "table", variables = Table };
    }

    internal override void Write(CaseFolder folder)
    {
        var graph = new Graph { Seed = 7 };
        var saved = variables(graph);
        var saver = new Saver(graph, options);
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        if (graph.Find("fill_table") is { } fill)
            session.Run(fill);
        var path = saver.Save(session, folder["model.ckpt"], 12)!;
        folder.Set("prefix", path);
        folder.Set("meta", folder["model.ckpt-12.meta"]);
        folder.Set("fetches", saved.OfType<GraphVariable>().ToDictionary(v => v.Snapshot.Name, v => v.Evaluate(session)));
        folder.Set("tensors", saved.SelectMany(s => s switch
        {
            GraphVariable v => [KeyValuePair.Create(v.Name, v.Evaluate(session))],
            PartitionedVariable p => [KeyValuePair.Create(p.Name, session.Run(p.Value))],
            SaveableObject o => o.Specs.Select(t => KeyValuePair.Create(t.Name, session.Run(t.Tensor))),
            _ => Enumerable.Empty<KeyValuePair<string, Tensor>>(),
        }));
    }

    private static ISaveable[] Simple(Graph graph, bool resource)
    {
        using var scope = graph.VariableScope("net", useResource: resource);
        return
        [
            graph.GetVariable("kernel", [3, 4]),
            graph.GetVariable("bias", [4], initializer: Initializers.Zeros),
            graph.NewVariable(Tensor.Scalar(2.5f), "scale"),
            graph.GetVariable("empty", [0, 3], initializer: Initializers.Zeros),
            graph.GetOrCreateGlobalStep(),
        ];
    }

    private static ISaveable[] Types(Graph graph, bool resource)
    {
        Tensor[] values =
        [
            Tensor.From(1.5f, -0f, float.NaN), Tensor.From(1e300, -2.5), Tensor.From(-3, int.MaxValue), Tensor.From(long.MinValue, 5L), Tensor.From<byte>(0, 255),
            Tensor.From<sbyte>(-128, 127), Tensor.From<short>(-3, 9), Tensor.From<ushort>(65535, 1), Tensor.From(uint.MaxValue, 7u), Tensor.From(ulong.MaxValue, 1ul),
            Tensor.From(true, false), Tensor.From((Half)1.5, (Half)(-2)), Tensor.From((BFloat16)3f, (BFloat16)(-0.5f)), Tensor.From(new Complex64(1, -2)),
            Tensor.From(new System.Numerics.Complex(3, 4)), Tensor.FromStrings(["", "é", new string('x', 300)]),
        ];
        return [.. values.Select(v => graph.GetVariable("v_" + v.Type, initializer: Initializers.Constant(v), useResource: resource))];
    }

    private static ISaveable[] OnDevices(Graph graph, bool resource)
    {
        var all = new List<ISaveable>();
        foreach (var device in (string[])["/job:localhost/replica:0/task:0/device:CPU:0", "/cpu:0", ""])
        {
            using (graph.Device(device))
                all.Add(graph.GetVariable($"v{all.Count}", [2, 2], useResource: resource));
        }
        return [.. all];
    }

    private static ISaveable[] Partitioned(Graph graph, bool resource)
    {
        using var scope = graph.VariableScope("emb", useResource: resource);
        return
        [
            graph.GetPartitionedVariable("rows", [7, 3], Partitioners.FixedSize(3)),
            graph.GetPartitionedVariable("columns", [4, 5], Partitioners.FixedSize(2, axis: 1), initializer: Initializers.RandomNormal()),
            graph.GetPartitionedVariable("by_axis_size", [9, 4], Partitioners.VariableAxisSize(40)),
            graph.GetPartitionedVariable("by_least_size", [9, 4], Partitioners.MinMax(4, axis: 1, minSliceBytes: 60)),
            graph.GetVariable("whole", [2]),
        ];
    }

    private static ISaveable[] Scopes(Graph graph, bool resource)
    {
        var all = new List<ISaveable>();
        using (graph.VariableScope("a", useResource: resource, initializer: Initializers.TruncatedNormal(standardDeviation: 0.1)))
        {
            all.Add(graph.GetVariable("w", [2, 2]));
            using (graph.VariableScope("b"))
                all.Add(graph.GetVariable("w", [1500], initializer: Initializers.Ones));
        }
        using (graph.VariableScope("a", Reuse.Always))
            _ = graph.GetVariable("w") + 1;
        all.Add(graph.NewVariable(graph.Constant(new[] { 1, 2, 3 }), "from_value", useResource: resource));
        return [.. all];
    }

    private static ISaveable[] Table(Graph graph)
    {
        var handle = graph.NewNode("MutableHashTableV2", "mt").Attr("key_dtype", DType.String).Attr("value_dtype", DType.Int64).Attr("use_node_name_sharing", true).Build()[0];
        var table = new TableSaveable(handle);
        graph.Collections.Add(GraphKeys.SaveableObjects, table);
        graph.NewNode("LookupTableInsertV2", "fill_table").Input(handle).Input(graph.Constant(["k"])).Input(graph.Constant(new[] { 42L })).Build();
        return [table, graph.NewVariable(1f, "v")];
    }
}
