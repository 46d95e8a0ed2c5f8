using Engine.Graphs;

namespace Engine.Variables;

/// <summary>A variable in parts along one or more dimensions: each is a variable of its own, and checkpoints know them as one tensor.</summary>
/// <param name="name">The name of the whole.</param>
/// <param name="shape">The shape of the whole.</param>
/// <param name="parts">The parts in row-major order.</param>
/// <param name="partitions">Number of parts per dimension.</param>
public sealed class PartitionedVariable(string name, Shape shape, IReadOnlyList<GraphVariable> parts, IReadOnlyList<int> partitions) : ISaveable
{
    /// <summary>The name of the whole.</summary>
    public string Name => name;

    /// <summary>The shape of the whole.</summary>
    public Shape Shape => shape;

    /// <summary>The element type.</summary>
    public DType Type => parts[0].Type;

    /// <summary>The parts in row-major order.</summary>
    public IReadOnlyList<GraphVariable> Variables => parts;

    /// <summary>Number of parts per dimension.</summary>
    public IReadOnlyList<int> Partitions => partitions;

    /// <inheritdoc/>
    public string SaveName => name;

    /// <summary>The whole, put together by nodes added now.</summary>
    public Value Value
    {
        get
        {
            var axis = partitions.Index().FirstOrDefault(p => p.Item > 1).Index;
            var graph = parts[0].Graph;
            if (parts.Count == 1)
                return graph.NewNode("Identity", name).Input(parts[0].Value).Build()[0];
            return graph.NewNode("ConcatV2", name).Input([.. parts.Select(p => p.Value)]).Input(graph.Constant(axis, name + "/axis")).Build()[0];
        }
    }

    /// <summary>The value of the whole, as <see cref="Value"/>.</summary>
    public static implicit operator Value(PartitionedVariable variable) => variable.Value;

    /// <inheritdoc/>
    public IReadOnlyList<SaveableObject> Parts(string name) => [.. parts.SelectMany(p => p.Parts(name))];
}
