using Engine.Graphs;

namespace Engine.Io.MetaGraphs;

/// <summary>Takes the graph of a scope of names out of a larger one.</summary>
internal static class GraphScope
{
    private const string Colocation = "loc:@";

    /// <summary>The nodes of a scope, without its name in front. Inputs from outside are named so that an import can replace them.</summary>
    /// <param name="def">The whole graph.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="unbound">Gets the names of inputs from outside; as in TensorFlow those of control inputs are not among them.</param>
    internal static GraphDef Extract(GraphDef def, string scope, List<string> unbound) => new()
    {
        Nodes = [.. def.Nodes.Where(n => IsIn(n.Name, scope)).Select(n => new NodeDef
        {
            Name = Without(n.Name, scope),
            Op = n.Op,
            Device = n.Device,
            Inputs = [.. n.Inputs.Select(i => Input(i, scope, unbound))],
            Attrs = n.Attrs.ToDictionary(a => a.Key, a => Attr(n, a.Key, a.Value, scope)),
            OriginalNodeNames = n.OriginalNodeNames,
            OriginalFunctionNames = n.OriginalFunctionNames,
            FullType = n.FullType,
        })],
        Functions = def.Functions,
        Gradients = def.Gradients,
        RegisteredGradients = def.RegisteredGradients,
        Versions = def.Versions,
    };

    internal static bool IsIn(string name, string scope) => name.Length > scope.Length && name[scope.Length] == '/' && name.StartsWith(scope, StringComparison.Ordinal);

    internal static string Without(string name, string scope) => scope.Length > 0 && name.StartsWith(scope + "/", StringComparison.Ordinal) ? name[(scope.Length + 1)..] : name;

    internal static SaverDef Without(SaverDef saver, string scope) => saver with
    {
        FilenameTensorName = Without(saver.FilenameTensorName, scope),
        SaveTensorName = Without(saver.SaveTensorName, scope),
        RestoreOpName = Without(saver.RestoreOpName, scope),
    };

    private static string Input(string name, string scope, List<string> unbound)
    {
        var control = name.StartsWith('^') ? "^" : "";
        var source = name[control.Length..];
        if (IsIn(source, scope))
            return control + source[(scope.Length + 1)..];
        var free = UnboundInputs.Prefix + source;
        if (control.Length == 0 && !unbound.Contains(free))
            unbound.Add(free);
        return control + free;
    }

    // A node cannot be beside one that is not there; frames are named like the nodes of their loop.
    private static AttrValue Attr(NodeDef node, string name, AttrValue value, string scope) => (name, value.Kind) switch
    {
        ("_class", AttrKind.List) when value.ElementKind == AttrKind.String => AttrValue.ListOf([.. value.AsList().Select(v => v.AsString())
            .Where(v => !v.StartsWith(Colocation, StringComparison.Ordinal) || IsIn(v[Colocation.Length..], scope))
            .Select(v => AttrValue.Of(v.StartsWith(Colocation, StringComparison.Ordinal) ? Colocation + v[(Colocation.Length + scope.Length + 1)..] : v))]),
        ("frame_name", AttrKind.String) when node.Op is "Enter" or "RefEnter" => AttrValue.Of(Without(value.AsString(), scope)),
        _ => value,
    };
}
