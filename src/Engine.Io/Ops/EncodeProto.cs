using Engine.Io.DynamicMessages;
using Engine.OpModel;
using Engine.Runtime;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Engine.Io.Ops;

/// <summary>Serializes protobuf messages whose fields are tensors.</summary>
[Op("EncodeProto")]
internal sealed class EncodeProto : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var sizes = c.WithRankAtLeast(c.Input(0), 1);
        if (sizes.HasRank)
            c.SetOutput(0, sizes.Slice(0, sizes.Rank - 1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var types = node.Types("Tinput_types");
        var (_, fields) = new DescriptorSource(node.Node.Attr("descriptor_source").AsBytes()).Find(node.String("message_type"), node.Strings("field_names"));
        if (fields.Length > types.Length)
            throw node.Fail($"There are {fields.Length} field_names for {types.Length} values");
        int[] order = [.. Enumerable.Range(0, fields.Length).OrderBy(i => fields[i].FieldNumber)];
        return Kernel.From(context => Encode(context, fields, order));
    }

    private static void Encode(KernelContext context, FieldDescriptor[] fields, int[] order)
    {
        var sizes = context.Input(0);
        for (var i = 0; i < context.InputCount - 1; i++)
        {
            var value = context.Input(i + 1);
            if (i < fields.Length && !FieldTypes.Fits(fields[i].FieldType, value.Type))
                throw EngineException.InvalidArgument($"Incompatible type for field {fields[i].Name}.  Saw dtype: {value.Type.Name()} but field type is: {fields[i].FieldType}");
            if (value.Rank < 2)
                throw EngineException.InvalidArgument($"Invalid shape for field {(i < fields.Length ? fields[i].Name : i)}.  Saw shape {value.Shape} but it should be at least a matrix.");
            if (value.Shape.Slice(0, value.Rank - 1) != context.Input(1).Shape.Slice(0, context.Input(1).Rank - 1))
                throw EngineException.InvalidArgument("Values must match up to the last dimension");
        }
        var batch = context.Input(1).Shape.Slice(0, context.Input(1).Rank - 1);
        if (sizes.Shape != batch.Concat(Shape.Vector(context.InputCount - 1)) || fields.Length != context.InputCount - 1)
            throw EngineException.InvalidArgument($"sizes should be batch_size + [len(field_names)].  Saw: {sizes.Shape} but expected: {batch.Concat(Shape.Vector(fields.Length))}");
        var result = context.Allocate(0, batch).AsSpan<byte[]>();
        for (var m = 0; m < result.Length; m++)
        {
            var output = new WireWriter();
            foreach (var i in order)
                Write(output, fields[i], context.Input(i + 1), sizes.AsSpan<int>()[m * fields.Length + i], m, i);
            result[m] = output.ToArray();
        }
    }

    private static void Write(WireWriter output, FieldDescriptor field, Tensor values, int size, int message, int index)
    {
        var width = values.Shape[values.Rank - 1];
        if (size > width)
            throw EngineException.InvalidArgument($"Size to write must not be larger than value tensor; but saw: {size} > {width} at message {message} field {index}");
        if (size <= 0)
            return;
        var start = (int)(message * width);
        // Packed only where the descriptor says so: what proto3 implies is not looked at.
        if (field.ToProto().Options?.Packed == true && FieldTypes.IsPackable(field.FieldType))
        {
            var packed = new WireWriter();
            for (var i = 0; i < size; i++)
                FieldTypes.Write(packed, field.FieldType, Bits(field.FieldType, values, start + i));
            output.Tag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
            output.Bytes(packed.ToArray());
            return;
        }
        for (var i = start; i < start + size; i++)
        {
            output.Tag(field.FieldNumber, FieldTypes.WireType(field.FieldType));
            if (field.FieldType == FieldType.Group)
            {
                output.Raw(values.AsSpan<byte[]>()[i]);
                output.Tag(field.FieldNumber, WireFormat.WireType.EndGroup);
            }
            else if (FieldTypes.IsPackable(field.FieldType))
            {
                FieldTypes.Write(output, field.FieldType, Bits(field.FieldType, values, i));
            }
            else
            {
                output.Bytes(values.AsSpan<byte[]>()[i]);
            }
        }
    }

    private static ulong Bits(FieldType field, Tensor values, int i) => values.Type switch
    {
        DType.Float64 when field == FieldType.Float => BitConverter.SingleToUInt32Bits((float)values.AsSpan<double>()[i]),
        DType.Float64 => BitConverter.DoubleToUInt64Bits(values.AsSpan<double>()[i]),
        DType.Float32 => BitConverter.SingleToUInt32Bits(values.AsSpan<float>()[i]),
        DType.Bool => values.AsSpan<bool>()[i] ? 1UL : 0,
        DType.Int32 => FieldTypes.Bits(field, values.AsSpan<int>()[i]),
        DType.UInt32 => values.AsSpan<uint>()[i],
        DType.Int64 => FieldTypes.Bits(field, values.AsSpan<long>()[i]),
        _ => FieldTypes.Bits(field, (long)values.AsSpan<ulong>()[i]),
    };
}
