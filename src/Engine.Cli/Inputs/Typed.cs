namespace Engine.Cli.Inputs;

/// <summary>A value with the element type that the text gave it.</summary>
internal sealed record Typed(object Value, DType Type);
