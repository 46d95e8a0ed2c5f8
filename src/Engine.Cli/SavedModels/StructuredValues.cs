using System.Numerics;
using Engine.Io.Numpy;
using Engine.Io.Protos;
using Engine.Io.Python;
using Engine.Io.Tensors;

namespace Engine.Cli.SavedModels;

/// <summary>The structured values of saved functions as values of Python, for printing.</summary>
internal static class StructuredValues
{
    private const int MaxDepth = 100;

    /// <summary>A type spec, dtype or shape: its class and its text.</summary>
    internal sealed record Spec(string ClassName, string Text, string? Name = null)
    {
        public override string ToString() => Text;
    }

    /// <summary>A sequence of another class than list and tuple.</summary>
    internal sealed record Items(string ClassName, IReadOnlyList<object?> Values, string Text)
    {
        public override string ToString() => Text;
    }

    internal static object? ToPython(StructuredValue? value, int depth = 0)
    {
        if (depth > MaxDepth)
            throw EngineException.DataLoss("A structured value is nested too deeply.");
        switch (value?.KindCase)
        {
            case StructuredValue.KindOneofCase.Float64Value:
                return value.Float64Value;
            case StructuredValue.KindOneofCase.Int64Value:
                return (BigInteger)value.Int64Value;
            case StructuredValue.KindOneofCase.StringValue:
                return value.StringValue;
            case StructuredValue.KindOneofCase.BoolValue:
                return value.BoolValue;
            case StructuredValue.KindOneofCase.TensorShapeValue:
                return Shape(value.TensorShapeValue);
            case StructuredValue.KindOneofCase.TensorDtypeValue:
                return new Spec("DType", TypeText(value.TensorDtypeValue));
            case StructuredValue.KindOneofCase.TensorSpecValue:
                var spec = value.TensorSpecValue;
                return Tensor("TensorSpec", spec.Shape, spec.Dtype, spec.Name, "");
            case StructuredValue.KindOneofCase.BoundedTensorSpecValue:
                var bounded = value.BoundedTensorSpecValue;
                return Tensor("BoundedTensorSpec", bounded.Shape, bounded.Dtype, bounded.Name, $", minimum={Array(bounded.Minimum)}, maximum={Array(bounded.Maximum)}");
            case StructuredValue.KindOneofCase.TypeSpecValue:
                return Type(value.TypeSpecValue, depth);
            case StructuredValue.KindOneofCase.ListValue:
                return value.ListValue.Values.Select(v => ToPython(v, depth + 1)).ToList();
            case StructuredValue.KindOneofCase.TupleValue:
                return new PythonTuple([.. value.TupleValue.Values.Select(v => ToPython(v, depth + 1))]);
            case StructuredValue.KindOneofCase.DictValue:
                var dict = new PythonDict();
                foreach (var key in ProtobufMapOrder.Sort(value.DictValue.Fields.Keys))
                    dict[key] = ToPython(value.DictValue.Fields[key], depth + 1);
                return dict;
            case StructuredValue.KindOneofCase.NamedTupleValue:
                var named = value.NamedTupleValue;
                List<object?> items = [.. named.Values.Select(v => ToPython(v.Value, depth + 1))];
                return new Items(named.Name, items, $"{named.Name}({string.Join(", ", named.Values.Zip(items, (v, i) => $"{v.Key}={PythonText.Repr(i)}"))})");
            case StructuredValue.KindOneofCase.TensorValue:
                return TensorArrays.ToArray(new TensorDecoder().Decode(value.TensorValue));
            case StructuredValue.KindOneofCase.NumpyValue:
                return TensorArrays.ToArray(new TensorDecoder().Decode(value.NumpyValue));
            default:
                return null;
        }
    }

    private static Spec Tensor(string className, TensorShapeProto? shape, DataType type, string name, string more)
    {
        // An empty name is none.
        var given = name.Length == 0 ? null : name;
        return new(className, $"{className}(shape={ShapeText(shape)}, dtype={TypeRepr(type)}, name={PythonText.Repr(given)}{more})", given);
    }

    private static string Array(TensorProto? proto) => proto is null ? "None" : PythonText.Repr(TensorArrays.ToArray(new TensorDecoder().Decode(proto)));

    private static Spec Type(TypeSpecProto proto, int depth)
    {
        var name = proto.TypeSpecClass switch
        {
            TypeSpecProto.Types.TypeSpecClass.SparseTensorSpec => "SparseTensorSpec",
            TypeSpecProto.Types.TypeSpecClass.IndexedSlicesSpec => "IndexedSlicesSpec",
            TypeSpecProto.Types.TypeSpecClass.RaggedTensorSpec => "RaggedTensorSpec",
            TypeSpecProto.Types.TypeSpecClass.TensorArraySpec => "TensorArraySpec",
            TypeSpecProto.Types.TypeSpecClass.DataDatasetSpec => "DatasetSpec",
            TypeSpecProto.Types.TypeSpecClass.DataIteratorSpec => "IteratorSpec",
            TypeSpecProto.Types.TypeSpecClass.OptionalSpec => "OptionalSpec",
            TypeSpecProto.Types.TypeSpecClass.PerReplicaSpec => "PerReplicaSpec",
            TypeSpecProto.Types.TypeSpecClass.VariableSpec => "VariableSpec",
            TypeSpecProto.Types.TypeSpecClass.RowPartitionSpec => "RowPartitionSpec",
            _ => proto.TypeSpecClassName.Split('.')[^1],
        };
        return new(name, name + PythonText.Repr(Inner(ToPython(proto.TypeState, depth + 1))));
    }

    // Inside of other values a shape and a dtype print as their repr.
    private static object? Inner(object? value) => value switch
    {
        PythonTuple tuple => new PythonTuple([.. tuple.Items.Select(Inner)]),
        List<object?> list => list.ConvertAll(Inner),
        Spec { ClassName: "DType" } type => new Spec("DType", "tf." + type.Text[9..^2]),
        _ => value,
    };

    private static Items Shape(TensorShapeProto shape)
    {
        object? Size(TensorShapeProto.Types.Dim d) => d.Size < 0 ? null : (BigInteger)d.Size;
        return shape.UnknownRank
            ? new("TensorShape", [], "TensorShape(None)")
            : new("TensorShape", [.. shape.Dim.Select(Size)], $"TensorShape([{string.Join(", ", shape.Dim.Select(d => PythonText.Repr(Size(d))))}])");
    }

    private static string ShapeText(TensorShapeProto? shape)
    {
        if (shape is { UnknownRank: true })
            return "<unknown>";
        var dims = shape?.Dim.Select(d => d.Size < 0 ? "None" : $"{d.Size}").ToList() ?? [];
        return dims.Count == 1 ? $"({dims[0]},)" : $"({string.Join(", ", dims)})";
    }

    private static string TypeText(DataType type) => $"<dtype: '{NumpyType.PythonName((DType)type)}'>";

    private static string TypeRepr(DataType type) => $"tf.{NumpyType.PythonName((DType)type)}";
}
