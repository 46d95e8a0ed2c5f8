namespace Engine.OpModel;

/// <summary>Marks the type that implements one op, or several names of the same op. The registry is generated from it.</summary>
/// <param name="names">TensorFlow's op types.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OpAttribute(params string[] names) : Attribute
{
    /// <summary>The op types.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>For an op that TensorFlow does not have: its definition, as a line of <c>ops.txt</c>.</summary>
    public string? Definition { get; init; }
}
