using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Adds nodes that are to live where a variable lives: each gets the attribute <c>_class</c>.</summary>
/// <param name="graph">The graph.</param>
/// <param name="variable">The variable.</param>
/// <param name="device">The device; that of the graph's scope when null. What comes before the variable has none: the attribute says enough.</param>
internal sealed class Colocation(Graph graph, string variable, string? device = null) : IGraphBuilder
{
    public NodeBuilder NewNode(string op, string? name = null)
    {
        var node = graph.NewNode(op, name).Attr("_class", With(variable));
        return device is null ? node : node.On(device);
    }

    internal static AttrValue With(string node) => AttrValue.List("loc:@" + node);
}
