using System.Collections.Immutable;
using Engine.Graphs;

namespace Engine.OpModel;

/// <summary>An attribute of an op (<c>OpDef.AttrDef</c>).</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">TensorFlow's text for the kind: "int", "list(type)", "func", …</param>
/// <param name="Default">The value when a node gives none, or null when a node must.</param>
/// <param name="Minimum">Least value of an int, least length of a list; null where there is none.</param>
/// <param name="AllowedTypes">The types allowed; empty where all are.</param>
/// <param name="AllowedStrings">The strings allowed; empty where all are.</param>
public sealed record AttrDefinition(string Name, string Type, AttrValue? Default, long? Minimum, ImmutableArray<DType> AllowedTypes,
    ImmutableArray<string> AllowedStrings)
{
    /// <summary>Whether the attribute is a list.</summary>
    public bool IsList => Type.StartsWith("list(", StringComparison.Ordinal);

    /// <summary>The kind of the value, or of a list's elements.</summary>
    public AttrKind ElementKind => (IsList ? Type[5..^1] : Type) switch
    {
        "string" => AttrKind.String,
        "int" => AttrKind.Int,
        "float" => AttrKind.Float,
        "bool" => AttrKind.Bool,
        "type" => AttrKind.Type,
        "shape" => AttrKind.Shape,
        "tensor" => AttrKind.Tensor,
        "func" => AttrKind.Func,
        _ => AttrKind.None,
    };
}
