using Engine.Graphs;
using Google.Protobuf;

namespace Engine.Io.Graphs;

/// <summary>
/// Turns a <c>GraphDef</c> message into plain data. Names, inputs and types are checked when <see cref="Graph.FromDef"/> makes a graph of it; here only what
/// cannot be data is refused.
/// </summary>
internal sealed class GraphImporter
{
    private readonly AttrImporter attrs = new();

    /// <summary>The graph.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT, naming the node whose attribute is no value.</exception>
    internal static GraphDef Import(Protos.GraphDef proto) => Import(proto, []);

    /// <summary>The graph, with functions that stay in their message until they are asked for.</summary>
    internal static GraphDef Import(Protos.GraphDef proto, IReadOnlyList<FunctionSource> functions) => new GraphImporter().Graph(proto, functions);

    /// <summary>A function.</summary>
    internal static FunctionDefinition Import(Protos.FunctionDef proto) => new GraphImporter().Function(proto);

    /// <summary>A single node.</summary>
    internal static NodeDef Import(Protos.NodeDef proto) => new GraphImporter().Node(proto);

    private GraphDef Graph(Protos.GraphDef proto, IReadOnlyList<FunctionSource> stored)
    {
        var nodes = new List<NodeDef>(proto.Node.Count);
        foreach (var n in proto.Node)
            nodes.Add(Node(n));
        return new()
        {
            Nodes = nodes,
            Functions = [.. Functions(proto.Library?.Function ?? []), .. stored.Select(f => new FunctionDefinition(f))],
            Gradients = Pairs((proto.Library?.Gradient ?? []).Select(g => (g.FunctionName, g.GradientFunc))),
            RegisteredGradients = Pairs((proto.Library?.RegisteredGradients ?? []).Select(g => (g.RegisteredOpType, g.GradientFunc))),
            Versions = Versions(proto.Versions),
        };
    }

    // A function that is there twice counts once; two that differ are refused with the graph.
    private List<FunctionDefinition> Functions(IReadOnlyList<Protos.FunctionDef> protos)
    {
        var functions = new List<FunctionDefinition>(protos.Count);
        var seen = new Dictionary<string, Protos.FunctionDef>(protos.Count);
        foreach (var f in protos)
        {
            var name = f.Signature?.Name ?? "";
            if (seen.TryAdd(name, f) || !seen[name].Equals(f))
                functions.Add(Function(f));
        }
        return functions;
    }

    private FunctionDefinition Function(Protos.FunctionDef f)
    {
        try
        {
            return new()
            {
                Signature = OpDefImporter.Import(f.Signature ?? new(), attrs),
                Nodes = [.. f.NodeDef.Select(Node)],
                Returns = new Dictionary<string, string>(f.Ret),
                ControlReturns = new Dictionary<string, string>(f.ControlRet),
                Attrs = attrs.Import(f.Attr),
                ArgAttrs = f.ArgAttr.ToDictionary(a => (int)a.Key, a => attrs.Import(a.Value.Attr)),
                ResourceArgUniqueId = f.ResourceArgUniqueId.ToDictionary(a => (int)a.Key, a => (int)a.Value),
            };
        }
        catch (EngineException e) when (e.NodeName is null)
        {
            throw new EngineException(e.Code, $"Function '{f.Signature?.Name}': {e.Message}", e);
        }
    }

    private NodeDef Node(Protos.NodeDef n)
    {
        try
        {
            return new()
            {
                Name = n.Name,
                Op = n.Op,
                Device = n.Device,
                Inputs = [.. n.Input],
                Attrs = attrs.Import(n.Attr),
                OriginalNodeNames = [.. n.ExperimentalDebugInfo?.OriginalNodeNames ?? []],
                OriginalFunctionNames = [.. n.ExperimentalDebugInfo?.OriginalFuncNames ?? []],
                FullType = n.ExperimentalType?.ToByteArray() ?? [],
            };
        }
        catch (EngineException e)
        {
            throw new EngineException(e.Code, $"Node '{n.Name}': {e.Message}", e).At(n.Name, n.Op);
        }
    }

    private static Dictionary<string, string> Pairs(IEnumerable<(string Of, string Gradient)> gradients)
    {
        var result = new Dictionary<string, string>();
        foreach (var (of, gradient) in gradients)
        {
            if (!result.TryAdd(of, gradient) && result[of] != gradient)
                throw EngineException.InvalidArgument($"'{of}' has two gradients: '{result[of]}' and '{gradient}'.");
        }
        return result;
    }

    private static GraphVersions Versions(Protos.VersionDef? v) => v is null ? new(0, 0, []) : new(v.Producer, v.MinConsumer, [.. v.BadConsumers]);
}
