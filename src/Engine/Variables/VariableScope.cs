namespace Engine.Variables;

/// <summary>Where variables are made by name, and with what defaults (<c>tf.variable_scope</c>).</summary>
/// <param name="Name">The prefix of names, without a slash at the end; "" at the top.</param>
/// <param name="Reuse">Whether variables are made or found.</param>
/// <param name="Initializer">The initializer where none is given.</param>
/// <param name="Partitioner">How variables are split where nothing is said.</param>
/// <param name="UseResource">Whether variables are resource variables.</param>
/// <param name="Type">The element type where none is given.</param>
public sealed record VariableScope(string Name, Reuse Reuse, Initializer? Initializer, Partitioner? Partitioner, bool UseResource, DType Type)
{
    /// <summary>The top.</summary>
    internal static VariableScope Root { get; } = new("", Reuse.Never, null, null, false, DType.Float32);

    internal string FullName(string name) => Name.Length == 0 ? name : $"{Name}/{name}";
}
