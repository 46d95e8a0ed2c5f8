using System.Text;
using Engine.Io.DynamicMessages;
using Engine.Io.Protos;
using Engine.OpModel;
using Google.Protobuf;

namespace Engine.Io.Ops;

/// <summary>Examples in JSON as serialized <c>tf.Example</c> messages.</summary>
[Op("DecodeJSONExample")]
internal sealed class DecodeJsonExample : IOp
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var texts = context.Input(0);
        var result = new byte[texts.Count][];
        for (var i = 0; i < result.Length; i++)
            result[i] = Convert(texts.AsSpan<byte[]>()[i]);
        result.CopyTo(context.Allocate(0, texts.Shape).AsSpan<byte[]>());
    });

    private static byte[] Convert(byte[] text)
    {
        try
        {
            return Serialize(Parser.Parse<Example>(Encoding.UTF8.GetString(text)));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new EngineException(StatusCode.InvalidArgument, $"Error while parsing JSON: {e.Message}", e);
        }
    }

    // Numbers are not packed here, as in TensorFlow.
    private static byte[] Serialize(Example example)
    {
        var output = new WireWriter();
        if (example.Features is not { } features)
            return [];
        var map = new WireWriter();
        foreach (var (key, feature) in features.Feature)
        {
            var entry = new WireWriter();
            Field(entry, 1, Encoding.UTF8.GetBytes(key));
            Field(entry, 2, Serialize(feature));
            Field(map, 1, entry.ToArray());
        }
        Field(output, 1, map.ToArray());
        return output.ToArray();
    }

    private static byte[] Serialize(Feature feature)
    {
        if (feature.KindCase == Feature.KindOneofCase.None)
            return [];
        var list = new WireWriter();
        foreach (var value in feature.BytesList?.Value ?? [])
            Field(list, 1, value.Span);
        foreach (var value in feature.FloatList?.Value ?? [])
        {
            list.Tag(1, WireFormat.WireType.Fixed32);
            list.Fixed(float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(value), 4);
        }
        foreach (var value in feature.Int64List?.Value ?? [])
        {
            list.Tag(1, WireFormat.WireType.Varint);
            list.Varint((ulong)value);
        }
        var output = new WireWriter();
        Field(output, (int)feature.KindCase, list.ToArray());
        return output.ToArray();
    }

    private static void Field(WireWriter output, int number, ReadOnlySpan<byte> bytes)
    {
        output.Tag(number, WireFormat.WireType.LengthDelimited);
        output.Bytes(bytes);
    }
}
