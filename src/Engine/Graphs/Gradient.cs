namespace Engine.Graphs;

/// <summary>The gradient with respect to one tensor: dense, or <c>IndexedSlices</c> (rows of it by index).</summary>
public sealed class Gradient
{
    private Gradient(Value values, Value? indices, Value? denseShape)
    {
        Values = values;
        Indices = indices;
        DenseShape = denseShape;
    }

    /// <summary>The dense gradient, or the rows.</summary>
    public Value Values { get; }

    /// <summary>Which rows; null for a dense gradient.</summary>
    public Value? Indices { get; }

    /// <summary>The shape of the dense gradient; null for a dense one.</summary>
    public Value? DenseShape { get; }

    /// <summary>Whether it is IndexedSlices.</summary>
    public bool IsSparse => Indices is not null;

    /// <summary>A dense gradient.</summary>
    public static Gradient Dense(Value values) => new(values, null, null);

    /// <summary>Rows <paramref name="values"/> at <paramref name="indices"/> of a gradient of shape <paramref name="denseShape"/>; equal indices add up.</summary>
    public static Gradient Slices(Value values, Value indices, Value denseShape) => new(values, indices, denseShape);

    /// <summary>A value is a dense gradient.</summary>
    public static implicit operator Gradient(Value values) => Dense(values);

    /// <summary>No value, no gradient.</summary>
    public static implicit operator Gradient?(Value? values) => values is { } v ? Dense(v) : null;
}
