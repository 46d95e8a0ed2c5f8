using Engine.Graphs;
using Engine.Io;
using Engine.Variables;

namespace Engine.Interop.Cases;

/// <summary>The nodes of variables and savers: the same names, ops, inputs and devices as TensorFlow makes of the same calls.</summary>
internal sealed class NodesCase : InteropCase
{
    private static readonly (string Name, SaverOptions Options)[] Savers =
    [
        ("plain", new()), ("reshape", new() { Reshape = true }), ("sequential", new() { RestoreSequentially = true }), ("sharded", new() { Sharded = true }),
        ("v1", new() { WriteVersion = CheckpointFormat.V1 }), ("v1_sharded", new() { WriteVersion = CheckpointFormat.V1, Sharded = true }),
    ];

    private string name = "";
    private Action<Graph> build = _ => { };

    internal override string Name => "nodes_" + name;

    internal override string Kind => "nodes";

    internal override IEnumerable<InteropCase> Variants(string trained)
    {
        foreach (var resource in (bool[])[false, true])
        {
            var kind = resource ? "resource" : "reference";
            foreach (var (saver, options) in Savers)
                yield return new NodesCase { name = $"{saver}_{kind}", build = g => Simple(g, resource, options) };
            yield return new NodesCase { name = "devices_" + kind, build = g => Devices(g, resource) };
            yield return new NodesCase { name = "partitioned_" + kind, build = g => Partitioned(g, resource) };
            yield return new NodesCase { name = "partitioners_" + kind, build = g => Splits(g, resource) };
            yield return new NodesCase { name = "initializers_" + kind, build = g => InitialValues(g, resource) };
            yield return new NodesCase { name = "several_" + kind, build = g => Several(g, resource) };
        }
    }

    internal override void Write(CaseFolder folder)
    {
        var graph = new Graph();
        build(graph);
        GraphFile.Write(folder["graph.pb"], graph);
        folder.Set("name", name);
    }

    private static void Simple(Graph graph, bool resource, SaverOptions options)
    {
        graph.GetVariable("v1", [3], initializer: Initializers.Zeros, useResource: resource);
        graph.GetVariable("v2", [5], initializer: Initializers.Ones, useResource: resource);
        graph.NewVariable(Tensor.Scalar(3f), "a3", useResource: resource);
        _ = new Saver(graph, options);
    }

    private static void Devices(Graph graph, bool resource)
    {
        using (graph.Device("/job:ps/task:0/device:CPU:0"))
            graph.GetVariable("a", [2], useResource: resource);
        using (graph.Device("/job:ps/task:1"))
            graph.GetVariable("b", [2], initializer: Initializers.Zeros, useResource: resource);
        using (graph.Device("/device:CPU:0"))
            graph.NewVariable(Tensor.From(1f, 2f), "c", useResource: resource);
        _ = new Saver(graph, new SaverOptions { Sharded = true });
    }

    private static void Partitioned(Graph graph, bool resource)
    {
        using (graph.VariableScope("s", partitioner: Partitioners.FixedSize(3), useResource: resource))
        {
            graph.GetPartitionedVariable("p", [7, 2], initializer: Initializers.RandomUniform(-1, 1));
            graph.GetPartitionedVariable("q", [7, 2]);
        }
        _ = new Saver(graph);
    }

    private static void Splits(Graph graph, bool resource)
    {
        (string Name, Partitioner Partitioner)[] all =
        [
            ("axis_size", Partitioners.VariableAxisSize(64)), ("axis_size_1", Partitioners.VariableAxisSize(100, axis: 1)), ("axis_size_2_at_most", Partitioners.VariableAxisSize(64, maxShards: 2)),
            ("min_max", Partitioners.MinMax(3, minSliceBytes: 40)), ("min_max_1", Partitioners.MinMax(10, axis: 1, minSliceBytes: 100)), ("min_max_large", Partitioners.MinMax(4)),
        ];
        foreach (var (name, partitioner) in all)
        {
            foreach (var (size, shape) in (ReadOnlySpan<(string, Shape)>)[("small", new Shape(3, 2)), ("large", new Shape(23, 7))])
                graph.GetPartitionedVariable($"{name}_{size}", shape, partitioner, initializer: Initializers.Ones, useResource: resource);
        }
        _ = new Saver(graph);
    }

    private static void InitialValues(Graph graph, bool resource)
    {
        using (graph.VariableScope("net", useResource: resource))
        {
            graph.GetVariable("zeros", [2000], initializer: Initializers.Zeros);
            graph.GetVariable("ones", [2, 3], DType.Int32, Initializers.Ones);
            graph.GetVariable("normal", [2, 3], initializer: Initializers.RandomNormal());
            graph.GetVariable("truncated", [2, 3], initializer: Initializers.TruncatedNormal(standardDeviation: 0.5));
            graph.GetVariable("constant", [2, 3], initializer: Initializers.Constant(4));
            graph.GetVariable("scaled", [3, 3, 4, 5], initializer: Initializers.VarianceScaling());
            graph.GetVariable("default", [3, 4]);
            graph.GetVariable("counts", [3], DType.Int64);
            using (graph.VariableScope("inner"))
                graph.GetVariable("w", [2]);
            graph.GetOrCreateGlobalStep();
        }
        graph.GlobalVariablesInitializer();
    }

    private static void Several(Graph graph, bool resource)
    {
        var a = graph.GetVariable("a", [2], useResource: resource);
        _ = new Saver(graph, new Dictionary<string, ISaveable> { ["x"] = a });
        _ = new Saver(graph, [a], new SaverOptions { Name = "mine" });
        using (graph.NameScope("inner"))
            _ = new Saver(graph, [a]);
        _ = new Saver(graph, [a], new SaverOptions { Filename = "/tmp/q" });
    }
}
