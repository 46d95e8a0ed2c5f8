using Engine.Graphs;

namespace Engine.Variables;

/// <summary>The variable that an initializer makes a value for. Nodes added through it are bound to the variable's place.</summary>
public sealed class InitializerTarget : IGraphBuilder
{
    private readonly Colocation colocation;

    internal InitializerTarget(Graph graph, string variable, DType type, Shape shape, SaveSlice? slice)
    {
        Graph = graph;
        Type = type;
        Shape = shape;
        Slice = slice;
        colocation = new(graph, variable, "");
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>The element type of the variable.</summary>
    public DType Type { get; }

    /// <summary>The shape of the variable, or of the part of a partitioned one.</summary>
    public Shape Shape { get; }

    /// <summary>Which part of a partitioned variable it is; null for a whole one.</summary>
    public SaveSlice? Slice { get; }

    /// <summary>The shape of the whole variable.</summary>
    public Shape FullShape => Slice?.FullShape ?? Shape;

    /// <inheritdoc/>
    public NodeBuilder NewNode(string op, string? name = null) => colocation.NewNode(op, name);

    /// <summary>The variable's shape as a constant.</summary>
    internal Value ShapeConstant(string name) => this.Constant(Tensor.From([.. Shape.Dims.ToArray().Select(d => checked((int)d))]), name);
}
