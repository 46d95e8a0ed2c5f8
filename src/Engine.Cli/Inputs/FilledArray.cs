namespace Engine.Cli.Inputs;

/// <summary>An array of one value.</summary>
internal sealed record FilledArray(long[] Dims, object Value);
