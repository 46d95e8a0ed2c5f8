using Engine.Io.DynamicMessages;
using Engine.OpModel;
using Engine.Runtime;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Engine.Io.Ops;

/// <summary>Fields of serialized protobuf messages as tensors: how often each occurs, and its values, padded to the longest.</summary>
[Op("DecodeProtoV2")]
internal sealed class DecodeProtoV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, c.Input(0).Concat([c.OutputCount - 1]));
        for (var i = 1; i < c.OutputCount; i++)
            c.SetOutput(i, c.Input(0).Concat([-1]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var names = node.Strings("field_names");
        var types = node.Types("output_types");
        var (message, fields) = new DescriptorSource(node.Node.Attr("descriptor_source").AsBytes()).Find(node.String("message_type"), names);
        if (names.Length != types.Length)
            throw node.Fail("field_names and output_types attributes must have the same length");
        for (var i = 0; i < fields.Length; i++)
        {
            if (!FieldTypes.Fits(fields[i].FieldType, types[i]))
                throw node.Fail($"Unexpected output type for {fields[i].FullName}: {fields[i].FieldType} to {types[i].Name()}");
        }
        var format = node.String("message_format");
        if (format is not ("binary" or "text"))
            throw node.Fail("format must be one of binary or text");
        var sanitize = node.Bool("sanitize");
        return Kernel.From(context => Decode(context, message, fields, format == "text", sanitize));
    }

    private static void Decode(KernelContext context, MessageDescriptor type, FieldDescriptor[] fields, bool isText, bool sanitize)
    {
        var input = context.Input(0);
        if (input.Count == 0)
            throw EngineException.InvalidArgument("Bufs argument must contain at least one value");
        var messages = input.ToArray<byte[]>();
        for (var m = 0; isText || sanitize ? m < messages.Length : false; m++)
            messages[m] = Sanitize(messages[m], type, isText);
        // A field that is asked for twice is the first one's.
        var index = new Dictionary<int, int>();
        for (var i = 0; i < fields.Length; i++)
            index.TryAdd(fields[i].FieldNumber, i);
        var columns = Array.ConvertAll(fields, f => new FieldColumn(f));
        var sizes = context.Allocate(0, input.Shape.Concat(Shape.Vector(fields.Length))).AsSpan<int>();
        for (var m = 0; m < messages.Length; m++)
        {
            Read(messages[m], index, columns);
            for (var i = 0; i < columns.Length; i++)
                sizes[m * columns.Length + i] = columns[i].EndMessage();
        }
        for (var i = 0; i < columns.Length; i++)
            columns[i].Write(context.Allocate(i + 1, input.Shape.Concat(Shape.Vector(columns[i].Longest))));
    }

    private static byte[] Sanitize(byte[] bytes, MessageDescriptor type, bool isText)
    {
        var message = new DynamicMessage(type);
        if (isText)
        {
            try
            {
                new DynamicTextReader(bytes).Read(message);
            }
            catch (InvalidModelException e)
            {
                throw new EngineException(StatusCode.DataLoss, $"Unable to parse text protobuf: {e.Message}", e);
            }
        }
        else if (!message.TryMerge(bytes))
        {
            throw EngineException.DataLoss("Unable to parse binary protobuf");
        }
        return message.IsComplete() ? message.ToBytes() : throw EngineException.DataLoss("A required field is missing.");
    }

    private static void Read(byte[] message, Dictionary<int, int> index, FieldColumn[] columns)
    {
        var reader = new WireReader(message);
        while (!reader.IsAtEnd)
        {
            var start = reader.At;
            if (!reader.TryTag(out var tag))
                throw EngineException.DataLoss("CountFields: Failed to consume entire buffer");
            var isRead = index.TryGetValue(WireFormat.GetTagFieldNumber(tag), out var i) ? columns[i].TryRead(ref reader, tag, start) : reader.TrySkip(tag);
            if (!isRead)
                throw EngineException.DataLoss("A field of the message is damaged.");
        }
    }
}
