using Engine.Graphs;
using Engine.Io.Tensors;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Engine.Io.Graphs;

/// <summary>Turns attributes into <c>AttrValue</c> messages.</summary>
internal static class AttrExporter
{
    /// <summary>Attributes by name, in the order of the names, so that equal graphs give equal bytes.</summary>
    internal static void Export(IReadOnlyDictionary<string, AttrValue> attrs, MapField<string, Protos.AttrValue> result)
    {
        foreach (var (name, value) in attrs.OrderBy(a => a.Key, StringComparer.Ordinal))
            result[name] = Export(value);
    }

    /// <summary>An attribute.</summary>
    internal static Protos.AttrValue Export(AttrValue v)
    {
        var p = new Protos.AttrValue();
        switch (v.Kind)
        {
            case AttrKind.String:
                p.S = ByteString.CopyFrom(v.AsBytes());
                break;
            case AttrKind.Int:
                p.I = v.AsInt();
                break;
            case AttrKind.Float:
                p.F = v.AsFloat();
                break;
            case AttrKind.Bool:
                p.B = v.AsBool();
                break;
            case AttrKind.Type:
                p.Type = (Protos.DataType)(int)v.AsType();
                break;
            case AttrKind.Shape:
                p.Shape = ShapeProtos.ToProto(v.AsShape());
                break;
            case AttrKind.Tensor:
                p.Tensor = TensorEncoder.Encode(v.AsTensor());
                break;
            case AttrKind.Func:
                p.Func = Export(v.AsFunction());
                break;
            case AttrKind.Placeholder:
                p.Placeholder = v.AsPlaceholder();
                break;
            case AttrKind.List:
                p.List = ExportList(v);
                break;
        }
        return p;
    }

    private static Protos.NameAttrList Export(FunctionReference function)
    {
        var p = new Protos.NameAttrList { Name = function.Name };
        Export(function.Attrs, p.Attr);
        return p;
    }

    private static Protos.AttrValue.Types.ListValue ExportList(AttrValue list)
    {
        var p = new Protos.AttrValue.Types.ListValue();
        foreach (var v in list.AsList())
        {
            switch (v.Kind)
            {
                case AttrKind.String:
                    p.S.Add(ByteString.CopyFrom(v.AsBytes()));
                    break;
                case AttrKind.Int:
                    p.I.Add(v.AsInt());
                    break;
                case AttrKind.Float:
                    p.F.Add(v.AsFloat());
                    break;
                case AttrKind.Bool:
                    p.B.Add(v.AsBool());
                    break;
                case AttrKind.Type:
                    p.Type.Add((Protos.DataType)(int)v.AsType());
                    break;
                case AttrKind.Shape:
                    p.Shape.Add(ShapeProtos.ToProto(v.AsShape()));
                    break;
                case AttrKind.Tensor:
                    p.Tensor.Add(TensorEncoder.Encode(v.AsTensor()));
                    break;
                case AttrKind.Func:
                    p.Func.Add(Export(v.AsFunction()));
                    break;
                default:
                    throw EngineException.InvalidArgument($"A list of {v.Kind} cannot be written.");
            }
        }
        return p;
    }
}
