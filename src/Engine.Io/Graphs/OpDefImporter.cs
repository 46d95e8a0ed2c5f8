using System.Collections.Immutable;
using Engine.Graphs;
using Engine.Io.Tensors;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Graphs;

/// <summary>Turns <c>OpDef</c> messages, the signatures of functions above all, into definitions.</summary>
internal static class OpDefImporter
{
    internal static OpDefinition Import(Protos.OpDef proto, AttrImporter attrs)
        => new(proto.Name, [.. proto.InputArg.Select(Arg)], [.. proto.OutputArg.Select(Arg)], [.. proto.Attr.Select(a => Attr(a, attrs))])
        {
            IsStateful = proto.IsStateful,
            IsCommutative = proto.IsCommutative,
            IsAggregate = proto.IsAggregate,
            AllowsUninitializedInput = proto.AllowsUninitializedInput,
            DeprecatedAt = proto.Deprecation?.Version,
            ControlOutputs = [.. proto.ControlOutput],
        };

    private static ArgDefinition Arg(Protos.OpDef.Types.ArgDef a)
        => new(a.Name, (DType)(int)a.Type, a.TypeAttr, a.NumberAttr, a.TypeListAttr, a.IsRef)
        {
            HandleData = [.. a.HandleData.Select(h => new HandleValue((DType)(int)h.Dtype, ShapeProtos.ToPartialShape(h.Shape)))],
            FullType = a.ExperimentalFullType?.ToByteArray() ?? [],
        };

    private static AttrDefinition Attr(Protos.OpDef.Types.AttrDef a, AttrImporter attrs)
    {
        var allowed = a.AllowedValues is null ? AttrValue.None : attrs.Import(a.AllowedValues);
        ImmutableArray<AttrValue> items = allowed.Kind == AttrKind.List ? allowed.AsList() : [];
        return new(a.Name, a.Type, a.DefaultValue is null ? null : attrs.Import(a.DefaultValue), a.HasMinimum ? a.Minimum : null,
            [.. items.Where(v => v.Kind == AttrKind.Type).Select(v => v.AsType())],
            [.. items.Where(v => v.Kind == AttrKind.String).Select(v => v.AsString())]);
    }
}
