using System.Collections.Immutable;
using Engine.Graphs;
using Engine.Io.Tensors;
using Google.Protobuf.Collections;
using Kind = Engine.Io.Protos.AttrValue.ValueOneofCase;

namespace Engine.Io.Graphs;

/// <summary>Turns <c>AttrValue</c> messages into attributes.</summary>
internal sealed class AttrImporter
{
    private readonly TensorDecoder tensors = new();

    /// <summary>Attributes by name.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for tensors and shapes that are none.</exception>
    internal IReadOnlyDictionary<string, AttrValue> Import(MapField<string, Protos.AttrValue> attrs)
    {
        var result = new Dictionary<string, AttrValue>(attrs.Count);
        foreach (var (name, value) in attrs)
            result[name] = Import(value);
        return result;
    }

    /// <summary>An attribute.</summary>
    internal AttrValue Import(Protos.AttrValue v) => v.ValueCase switch
    {
        Kind.S => AttrValue.Of(v.S.ToByteArray()),
        Kind.I => AttrValue.Of(v.I),
        Kind.F => AttrValue.Of(v.F),
        Kind.B => AttrValue.Of(v.B),
        Kind.Type => AttrValue.Of((DType)(int)v.Type),
        Kind.Shape => AttrValue.Of(ShapeProtos.ToPartialShape(v.Shape)),
        Kind.Tensor => AttrValue.Of(tensors.Decode(v.Tensor)),
        Kind.Func => AttrValue.Of(Import(v.Func)),
        Kind.Placeholder => AttrValue.PlaceholderFor(v.Placeholder),
        Kind.List => AttrValue.ListOf(Import(v.List)),
        _ => AttrValue.None,
    };

    private FunctionReference Import(Protos.NameAttrList function) => new(function.Name, Import(function.Attr));

    // A list has elements of one kind; a message with several kinds counts as the first.
    private ImmutableArray<AttrValue> Import(Protos.AttrValue.Types.ListValue v)
    {
        if (v.S.Count > 0)
            return [.. v.S.Select(s => AttrValue.Of(s.ToByteArray()))];
        if (v.I.Count > 0)
            return [.. v.I.Select(AttrValue.Of)];
        if (v.F.Count > 0)
            return [.. v.F.Select(AttrValue.Of)];
        if (v.B.Count > 0)
            return [.. v.B.Select(AttrValue.Of)];
        if (v.Type.Count > 0)
            return [.. v.Type.Select(t => AttrValue.Of((DType)(int)t))];
        if (v.Shape.Count > 0)
            return [.. v.Shape.Select(s => AttrValue.Of(ShapeProtos.ToPartialShape(s)))];
        if (v.Tensor.Count > 0)
            return [.. v.Tensor.Select(t => AttrValue.Of(tensors.Decode(t)))];
        return [.. v.Func.Select(f => AttrValue.Of(Import(f)))];
    }
}
