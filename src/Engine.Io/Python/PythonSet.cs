namespace Engine.Io.Python;

/// <summary>A set, in the order in which it was written.</summary>
internal sealed record PythonSet(IReadOnlyList<object?> Items);
