using Engine.Graphs;

namespace Engine.Io.MetaGraphs;

/// <summary>Puts the names of a graph under a scope, or takes the graph of a scope out of a larger one.</summary>
internal static class GraphScope
{
    private const string Colocation = "loc:@";

    /// <summary>The graph with all names under <paramref name="scope"/>.</summary>
    internal static GraphDef Under(GraphDef def, string scope)
        => scope.Length == 0 ? def : Rename(def, def.Nodes, name => $"{scope}/{name}");

    /// <summary>The nodes of a scope, without its name in front.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they need nodes outside.</exception>
    internal static GraphDef Extract(GraphDef def, string scope)
    {
        var prefix = scope + "/";
        var inside = def.Nodes.Where(n => n.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        foreach (var node in inside)
        {
            foreach (var input in node.Inputs)
            {
                if (!input.AsSpan(input.StartsWith('^') ? 1 : 0).StartsWith(prefix))
                    throw EngineException.InvalidArgument($"Node '{node.Name}' of the exported scope '{scope}' needs '{input}' outside of it.");
            }
        }
        return Rename(def, inside, name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name);
    }

    internal static string Without(string name, string scope) => scope.Length > 0 && name.StartsWith(scope + "/", StringComparison.Ordinal) ? name[(scope.Length + 1)..] : name;

    internal static SaverDef Without(SaverDef saver, string scope) => saver with
    {
        FilenameTensorName = Without(saver.FilenameTensorName, scope),
        SaveTensorName = Without(saver.SaveTensorName, scope),
        RestoreOpName = Without(saver.RestoreOpName, scope),
    };

    private static GraphDef Rename(GraphDef def, IReadOnlyList<NodeDef> nodes, Func<string, string> rename) => new()
    {
        Nodes = [.. nodes.Select(n => new NodeDef
        {
            Name = rename(n.Name),
            Op = n.Op,
            Device = n.Device,
            Inputs = [.. n.Inputs.Select(i => i.StartsWith('^') ? "^" + rename(i[1..]) : rename(i))],
            Attrs = n.Attrs.ToDictionary(a => a.Key, a => a.Key == "_class" ? Colocated(a.Value, rename) : a.Value),
            OriginalNodeNames = n.OriginalNodeNames,
            OriginalFunctionNames = n.OriginalFunctionNames,
            FullType = n.FullType,
        })],
        Functions = def.Functions,
        Gradients = def.Gradients,
        RegisteredGradients = def.RegisteredGradients,
        Versions = def.Versions,
    };

    private static AttrValue Colocated(AttrValue value, Func<string, string> rename) => value.Kind != AttrKind.List || value.ElementKind != AttrKind.String
        ? value
        : AttrValue.ListOf([.. value.AsList().Select(v => v.AsString() is var s && s.StartsWith(Colocation, StringComparison.Ordinal)
            ? AttrValue.Of(Colocation + rename(s[Colocation.Length..]))
            : v)]);
}
