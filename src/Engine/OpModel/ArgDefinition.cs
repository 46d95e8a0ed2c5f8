using System.Collections.Immutable;

namespace Engine.OpModel;

/// <summary>An input or output of an op (<c>OpDef.ArgDef</c>): one tensor, <c>N</c> tensors of one type, or a list of types.</summary>
/// <param name="Name">The name, as it stands in <c>node:out_arg:0</c>.</param>
/// <param name="Type">The fixed type, or Invalid when an attribute gives it.</param>
/// <param name="TypeAttr">The attribute that gives the type, or "".</param>
/// <param name="NumberAttr">The attribute that gives the number of tensors, or "".</param>
/// <param name="TypeListAttr">The attribute that lists the types, or "".</param>
/// <param name="IsRef">Whether the tensors are references to variables.</param>
public sealed record ArgDefinition(string Name, DType Type, string TypeAttr = "", string NumberAttr = "", string TypeListAttr = "", bool IsRef = false)
{
    /// <summary>Of a function's resource argument: what is known of the values behind the handle.</summary>
    public ImmutableArray<HandleValue> HandleData { get; init; } = [];

    /// <summary>The serialized <c>FullTypeDef</c>, kept for export; empty where there is none.</summary>
    public ReadOnlyMemory<byte> FullType { get; init; }
}
