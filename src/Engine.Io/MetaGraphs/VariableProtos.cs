using Engine.Graphs;
using Engine.Variables;

namespace Engine.Io.MetaGraphs;

/// <summary>Variables as members of collections, <c>VariableDef</c>.</summary>
internal static class VariableProtos
{
    internal static Protos.VariableDef Export(GraphVariable variable, string scope)
    {
        var p = new Protos.VariableDef
        {
            VariableName = GraphScope.Without(variable.Handle.Name, scope),
            InitializerName = GraphScope.Without(variable.Initializer.Name, scope),
            SnapshotName = GraphScope.Without(variable.Snapshot.Name, scope),
            InitialValueName = variable.InitialValue is { } initial ? GraphScope.Without(initial.Name, scope) : "",
            IsResource = variable.IsResource,
            Trainable = variable.Trainable,
            Synchronization = (Protos.VariableSynchronization)(int)variable.Synchronization,
            Aggregation = (Protos.VariableAggregation)(int)variable.Aggregation,
        };
        if (variable.Slice is { } slice)
        {
            p.SaveSliceInfoDef = new() { FullName = GraphScope.Without(slice.FullName, scope) };
            p.SaveSliceInfoDef.FullShape.Add(slice.FullShape.Dims.ToArray());
            p.SaveSliceInfoDef.VarOffset.Add(slice.Offset);
            p.SaveSliceInfoDef.VarShape.Add(slice.Shape.Dims.ToArray());
        }
        return p;
    }

    /// <summary>The variable; null when the graph lacks a node of it.</summary>
    internal static GraphVariable? Import(Graph graph, Protos.VariableDef p, string scope)
    {
        if (Find(graph, p.VariableName, scope) is not { } handle || Find(graph, p.InitializerName, scope) is not { } initializer || Find(graph, p.SnapshotName, scope) is not { } snapshot)
            return null;
        return new(handle.Node, initializer.Node, snapshot)
        {
            InitialValue = p.InitialValueName.Length > 0 ? Find(graph, p.InitialValueName, scope) : null,
            Trainable = p.Trainable,
            Synchronization = (VariableSynchronization)(int)p.Synchronization,
            Aggregation = (VariableAggregation)(int)p.Aggregation,
            Slice = p.SaveSliceInfoDef is { } s && s.FullShape.Count == s.VarOffset.Count && s.FullShape.Count == s.VarShape.Count
                ? new(Scoped(s.FullName, scope), new Shape([.. s.FullShape]), [.. s.VarOffset], new Shape([.. s.VarShape]))
                : null,
        };
    }

    private static string Scoped(string name, string scope) => scope.Length == 0 ? name : $"{scope}/{name}";

    private static Value? Find(Graph graph, string name, string scope)
    {
        if (name.Length == 0)
            return null;
        var colon = name.LastIndexOf(':');
        if (graph.Find(Scoped(colon > 0 ? name[..colon] : name, scope)) is not { } node)
            return null;
        return node[colon > 0 && int.TryParse(name.AsSpan(colon + 1), out var index) && index < Math.Max(1, node.OutputTypes.Count) ? index : 0];
    }
}
