namespace Engine.Graphs;

/// <summary>Where nodes can be added: a graph, or a gradient under construction. The typed op-building methods extend it.</summary>
public interface IGraphBuilder
{
    /// <summary>Begins a node; inputs and attributes follow, then <see cref="NodeBuilder.Build"/>.</summary>
    /// <param name="op">The op type, or a function of the graph's library.</param>
    /// <param name="name">The wished name; made unique. The op type when null.</param>
    NodeBuilder NewNode(string op, string? name = null);
}
