namespace Engine.Graphs;

/// <summary>A graph as a file has it (<c>tensorflow.GraphDef</c>): nothing is checked yet.</summary>
public sealed class GraphDef
{
    /// <summary>The nodes.</summary>
    public IReadOnlyList<NodeDef> Nodes { get; init; } = [];

    /// <summary>The functions.</summary>
    public IReadOnlyList<FunctionDefinition> Functions { get; init; } = [];

    /// <summary>Function name → name of the function that is its gradient.</summary>
    public IReadOnlyDictionary<string, string> Gradients { get; init; } = new Dictionary<string, string>();

    /// <summary>Value of <c>_gradient_op_type</c> → name of the function that computes the gradient of nodes with it.</summary>
    public IReadOnlyDictionary<string, string> RegisteredGradients { get; init; } = new Dictionary<string, string>();

    /// <summary>Versions.</summary>
    public GraphVersions Versions { get; init; } = new(0, 0, []);
}
