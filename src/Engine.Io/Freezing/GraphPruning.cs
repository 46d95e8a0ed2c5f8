using Engine.Graphs;

namespace Engine.Io.Freezing;

/// <summary>Leaves out what some nodes do not need.</summary>
internal static class GraphPruning
{
    /// <summary>The nodes that others need to run, in the order of the graph, with all functions.</summary>
    internal static GraphDef Extract(GraphDef def, IReadOnlyList<string> outputs)
    {
        var byName = def.Nodes.ToDictionary(n => n.Name);
        var needed = new HashSet<string>();
        var pending = new Stack<string>(outputs.Select(NodeOf));
        while (pending.TryPop(out var name))
        {
            if (!byName.TryGetValue(name, out var node))
                throw EngineException.NotFound($"{name} is not in graph");
            if (!needed.Add(name))
                continue;
            foreach (var input in node.Inputs)
                pending.Push(NodeOf(input));
        }
        return With(def, [.. def.Nodes.Where(n => needed.Contains(n.Name)).Select(n => WithoutColocation(n, needed))], def.Functions);
    }

    /// <summary>The graph with those functions alone that its nodes call.</summary>
    internal static GraphDef WithUsedFunctions(GraphDef def)
    {
        var functions = def.Functions.ToDictionary(f => f.Name);
        var used = new HashSet<string>();
        var pending = new Stack<string>(def.Nodes.SelectMany(Calls));
        while (pending.TryPop(out var name))
        {
            if (!functions.TryGetValue(name, out var function) || !used.Add(name))
                continue;
            foreach (var called in function.Nodes.SelectMany(Calls))
                pending.Push(called);
            if (def.Gradients.TryGetValue(name, out var gradient))
                pending.Push(gradient);
        }
        return With(def, def.Nodes, [.. def.Functions.Where(f => used.Contains(f.Name))]);
    }

    internal static GraphDef With(GraphDef def, IReadOnlyList<NodeDef> nodes, IReadOnlyList<FunctionDefinition> functions)
    {
        var names = functions.Select(f => f.Name).ToHashSet();
        return new()
        {
            Nodes = nodes,
            Functions = functions,
            Gradients = def.Gradients.Where(g => names.Contains(g.Key) && names.Contains(g.Value)).ToDictionary(),
            RegisteredGradients = def.RegisteredGradients.Where(g => names.Contains(g.Value)).ToDictionary(),
            Versions = def.Versions,
        };
    }

    /// <summary>The node of an input or a tensor's name.</summary>
    internal static string NodeOf(string input)
    {
        var name = input.StartsWith('^') ? input[1..] : input;
        return name.IndexOf(':') is var colon and > 0 ? name[..colon] : name;
    }

    private static IEnumerable<string> Calls(NodeDef node) => node.Attrs.Values.SelectMany(v => v.Kind switch
    {
        AttrKind.Func => [v.AsFunction().Name],
        AttrKind.List when v.ElementKind == AttrKind.Func => v.AsList().Select(f => f.AsFunction().Name),
        _ => Enumerable.Empty<string>(),
    }).Append(node.Op);

    // A place beside a node that is left out is no place.
    private static NodeDef WithoutColocation(NodeDef node, HashSet<string> kept)
    {
        if (!node.Attrs.TryGetValue("_class", out var classes) || classes.Kind != AttrKind.List || classes.ElementKind != AttrKind.String)
            return node;
        var stay = classes.AsList().Where(c => c.AsString() is var s && (!s.StartsWith("loc:@", StringComparison.Ordinal) || kept.Contains(s[5..]))).ToArray();
        if (stay.Length == classes.AsList().Length)
            return node;
        var attrs = new Dictionary<string, AttrValue>(node.Attrs);
        if (stay.Length == 0)
            attrs.Remove("_class");
        else
            attrs["_class"] = AttrValue.ListOf([.. stay]);
        return FrozenNode.With(node, attrs: attrs);
    }
}
