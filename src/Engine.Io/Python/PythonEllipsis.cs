namespace Engine.Io.Python;

/// <summary>The value of <c>...</c>.</summary>
internal sealed class PythonEllipsis
{
    internal static PythonEllipsis Value { get; } = new();
}
