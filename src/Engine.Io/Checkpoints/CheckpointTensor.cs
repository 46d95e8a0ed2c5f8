namespace Engine.Io;

/// <summary>A tensor of a checkpoint.</summary>
/// <param name="Name">The name under which it was saved.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Shape; of a partitioned variable, the shape of the whole.</param>
public sealed record CheckpointTensor(string Name, DType Type, Shape Shape);
