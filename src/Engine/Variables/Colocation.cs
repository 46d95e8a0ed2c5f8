using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Adds nodes that are to live where a variable lives: each gets the attribute <c>_class</c>.</summary>
internal sealed class Colocation(Graph graph, string variable) : IGraphBuilder
{
    public NodeBuilder NewNode(string op, string? name = null) => graph.NewNode(op, name).Attr("_class", With(variable));

    internal static AttrValue With(string node) => AttrValue.List("loc:@" + node);
}
