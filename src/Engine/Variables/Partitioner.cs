namespace Engine.Variables;

/// <summary>Says into how many parts a variable is split, per dimension.</summary>
/// <param name="shape">The shape of the whole.</param>
/// <param name="type">The element type.</param>
/// <returns>One number per dimension; at most one is above 1.</returns>
public delegate IReadOnlyList<int> Partitioner(Shape shape, DType type);
