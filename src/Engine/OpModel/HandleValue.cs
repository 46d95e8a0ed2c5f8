namespace Engine.OpModel;

/// <summary>Type and shape of a value behind a resource handle.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The shape, as far as it is known.</param>
public readonly record struct HandleValue(DType Type, PartialShape Shape);
