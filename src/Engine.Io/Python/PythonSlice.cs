namespace Engine.Io.Python;

/// <summary>A slice, <c>start:stop:step</c>; null where nothing is given.</summary>
internal sealed record PythonSlice(object? Start, object? Stop, object? Step);
