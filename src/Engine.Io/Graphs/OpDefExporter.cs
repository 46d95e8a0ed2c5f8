using Engine.Graphs;
using Engine.Io.Tensors;
using Engine.OpModel;

namespace Engine.Io.Graphs;

/// <summary>Turns definitions into <c>OpDef</c> messages.</summary>
internal static class OpDefExporter
{
    internal static Protos.OpDef Export(OpDefinition d)
    {
        var p = new Protos.OpDef
        {
            Name = d.Name,
            IsStateful = d.IsStateful,
            IsCommutative = d.IsCommutative,
            IsAggregate = d.IsAggregate,
            AllowsUninitializedInput = d.AllowsUninitializedInput,
        };
        p.InputArg.Add(d.Inputs.Select(Arg));
        p.OutputArg.Add(d.Outputs.Select(Arg));
        p.Attr.Add(d.Attrs.Select(Attr));
        p.ControlOutput.Add(d.ControlOutputs);
        if (d.DeprecatedAt is { } version)
            p.Deprecation = new Protos.OpDeprecation { Version = version };
        return p;
    }

    private static Protos.OpDef.Types.ArgDef Arg(ArgDefinition a)
    {
        var p = new Protos.OpDef.Types.ArgDef
        {
            Name = a.Name,
            Type = (Protos.DataType)(int)a.Type,
            TypeAttr = a.TypeAttr,
            NumberAttr = a.NumberAttr,
            TypeListAttr = a.TypeListAttr,
            IsRef = a.IsRef,
        };
        p.HandleData.Add(a.HandleData.Select(h => new Protos.ResourceHandleProto.Types.DtypeAndShape
        {
            Dtype = (Protos.DataType)(int)h.Type,
            Shape = ShapeProtos.ToProto(h.Shape),
        }));
        if (!a.FullType.IsEmpty)
            p.ExperimentalFullType = Protos.FullTypeDef.Parser.ParseFrom(a.FullType.Span);
        return p;
    }

    private static Protos.OpDef.Types.AttrDef Attr(AttrDefinition a)
    {
        var p = new Protos.OpDef.Types.AttrDef { Name = a.Name, Type = a.Type, HasMinimum = a.Minimum is not null, Minimum = a.Minimum ?? 0 };
        if (a.Default is not null)
            p.DefaultValue = AttrExporter.Export(a.Default);
        if (!a.AllowedTypes.IsEmpty)
            p.AllowedValues = AttrExporter.Export(AttrValue.List(a.AllowedTypes.AsSpan()));
        else if (!a.AllowedStrings.IsEmpty)
            p.AllowedValues = AttrExporter.Export(AttrValue.List(a.AllowedStrings.AsSpan()));
        return p;
    }
}
