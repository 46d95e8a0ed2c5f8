using System.Collections.Immutable;
using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Builds a function of a library node by node: for gradients whose ops call functions.</summary>
public sealed class FunctionBuilder : IGraphBuilder
{
    private readonly Graph graph;
    private readonly List<Node> arguments = [];

    /// <summary>Begins a function that may use the ops and functions of <paramref name="caller"/>.</summary>
    public FunctionBuilder(Graph caller) => graph = new Graph(caller.Registry, caller.Library) { Versions = caller.Versions };

    /// <inheritdoc/>
    public NodeBuilder NewNode(string op, string? name = null) => graph.NewNode(op, name);

    /// <summary>The next argument.</summary>
    public Value Argument(DType type)
    {
        var index = arguments.Count;
        var attrs = new Dictionary<string, AttrValue> { ["T"] = AttrValue.Of(type), ["index"] = AttrValue.Of((long)index) };
        var node = graph.Add($"a{index}", "_Arg", OpDefinitions.Find("_Arg"), attrs, [], [], "");
        arguments.Add(node);
        return node[0];
    }

    /// <summary>A constant.</summary>
    public Value Constant(Tensor value) => NewNode("Const").Attr("dtype", value.Type).Attr("value", AttrValue.Of(value)).Build()[0];

    /// <summary>Ends the function and adds it to the library.</summary>
    /// <param name="name">The wished name; made unique in the library.</param>
    /// <param name="results">What it returns.</param>
    public FunctionReference Build(string name, IReadOnlyList<Value> results)
    {
        var outputs = results.Select((r, i) => new ArgDefinition($"r{i}", r.Type.Base())).ToImmutableArray();
        var library = graph.Library;
        for (var number = 0; ; number++)
        {
            var unique = number == 0 ? name : $"{name}_{number}";
            if (library.Find(unique) is not null)
                continue;
            var function = new FunctionDefinition
            {
                Signature = new OpDefinition(unique, [.. arguments.Select(a => new ArgDefinition(a.Name, a.OutputTypes[0]))], outputs, [])
                {
                    IsStateful = graph.Nodes.Any(n => n.Definition?.IsStateful ?? true),
                },
                Nodes = [.. graph.Nodes.Where(n => n.Op != "_Arg").Select(Definition)],
                Returns = results.Select((r, i) => (Name: $"r{i}", Source: Name(r))).ToDictionary(r => r.Name, r => r.Source),
            };
            if (library.TryAdd(function))
                return new FunctionReference(unique);
        }
    }

    private static NodeDef Definition(Node node) => new()
    {
        Name = node.Name,
        Op = node.Op,
        Device = node.Device,
        Inputs = [.. node.Inputs.Select(Name), .. node.ControlInputs.Select(c => "^" + c.Name)],
        Attrs = node.Attrs,
    };

    // "argument", or "node:output argument:number".
    private static string Name(Value value)
    {
        var node = value.Node;
        if (node.Op == "_Arg")
            return node.Name;
        foreach (var output in node.Definition!.Outputs)
        {
            var (start, count) = node.Signature!.Output(output.Name)!.Value.GetOffsetAndLength(node.OutputTypes.Count);
            if (value.Index >= start && value.Index < start + count)
                return $"{node.Name}:{output.Name}:{value.Index - start}";
        }
        throw EngineException.Internal($"{node.Op} has no output {value.Index}.");
    }
}
