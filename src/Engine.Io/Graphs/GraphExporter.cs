using Engine.Graphs;

namespace Engine.Io.Graphs;

/// <summary>Turns graphs into <c>GraphDef</c> messages.</summary>
internal static class GraphExporter
{
    /// <summary>A graph and its functions as plain data. Attributes come with their defaults, as TensorFlow writes them.</summary>
    internal static GraphDef ToDef(Graph graph) => new()
    {
        Nodes = [.. graph.Nodes.Select(ToDef)],
        Functions = [.. graph.Library.Functions],
        Gradients = graph.Library.Gradients,
        RegisteredGradients = graph.Library.RegisteredGradients,
        Versions = graph.Versions,
    };

    /// <summary>The message.</summary>
    internal static Protos.GraphDef Export(GraphDef graph)
    {
        var p = new Protos.GraphDef { Versions = Versions(graph.Versions) };
        p.Node.Add(graph.Nodes.Select(Export));
        if (graph.Functions.Count + graph.Gradients.Count + graph.RegisteredGradients.Count > 0)
        {
            p.Library = new();
            p.Library.Function.Add(graph.Functions.Select(Export));
            p.Library.Gradient.Add(graph.Gradients.OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Protos.GradientDef { FunctionName = g.Key, GradientFunc = g.Value }));
            p.Library.RegisteredGradients.Add(graph.RegisteredGradients.OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new Protos.RegisteredGradient { RegisteredOpType = g.Key, GradientFunc = g.Value }));
        }
        return p;
    }

    private static NodeDef ToDef(Node node) => new()
    {
        Name = node.Name,
        Op = node.Op,
        Device = node.Device,
        Inputs = [.. node.Inputs.Select(v => v.Index == 0 ? v.Node.Name : v.Name), .. node.ControlInputs.Select(c => "^" + c.Name)],
        Attrs = node.Attrs,
        OriginalNodeNames = node.Source?.OriginalNodeNames ?? [],
        OriginalFunctionNames = node.Source?.OriginalFunctionNames ?? [],
        FullType = node.Source?.FullType ?? default,
    };

    private static Protos.NodeDef Export(NodeDef node)
    {
        var p = new Protos.NodeDef { Name = node.Name, Op = node.Op, Device = node.Device };
        p.Input.Add(node.Inputs);
        try
        {
            AttrExporter.Export(node.Attrs, p.Attr);
        }
        catch (EngineException e)
        {
            throw e.At(node.Name, node.Op);
        }
        if (node.OriginalNodeNames.Count > 0 || node.OriginalFunctionNames.Count > 0)
        {
            p.ExperimentalDebugInfo = new();
            p.ExperimentalDebugInfo.OriginalNodeNames.Add(node.OriginalNodeNames);
            p.ExperimentalDebugInfo.OriginalFuncNames.Add(node.OriginalFunctionNames);
        }
        if (!node.FullType.IsEmpty)
            p.ExperimentalType = Protos.FullTypeDef.Parser.ParseFrom(node.FullType.Span);
        return p;
    }

    private static Protos.FunctionDef Export(FunctionDefinition f)
    {
        var p = new Protos.FunctionDef { Signature = OpDefExporter.Export(f.Signature) };
        p.NodeDef.Add(f.Nodes.Select(Export));
        foreach (var (name, value) in f.Returns)
            p.Ret[name] = value;
        foreach (var (name, value) in f.ControlReturns)
            p.ControlRet[name] = value;
        AttrExporter.Export(f.Attrs, p.Attr);
        foreach (var (index, attrs) in f.ArgAttrs.OrderBy(a => a.Key))
        {
            var args = new Protos.FunctionDef.Types.ArgAttrs();
            AttrExporter.Export(attrs, args.Attr);
            p.ArgAttr[(uint)index] = args;
        }
        foreach (var (index, id) in f.ResourceArgUniqueId.OrderBy(a => a.Key))
            p.ResourceArgUniqueId[(uint)index] = (uint)id;
        return p;
    }

    private static Protos.VersionDef Versions(GraphVersions v)
    {
        var p = new Protos.VersionDef { Producer = v.Producer, MinConsumer = v.MinConsumer };
        p.BadConsumers.Add(v.BadConsumers);
        return p;
    }
}
