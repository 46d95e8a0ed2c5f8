using System.Numerics;
using System.Text;
using Engine.Io.Python;
using Google.Protobuf;

namespace Engine.Cli.SavedModels;

/// <summary>Serialized tf.train.Example messages from lists of dictionaries.</summary>
internal static class ExampleText
{
    /// <summary>One string for each dictionary.</summary>
    /// <exception cref="PythonException">ValueError and TypeError as saved_model_cli has them.</exception>
    internal static List<object?> Serialize(object? value) => value is List<object?> list
        ? list.ConvertAll(e => (object?)One(e))
        : throw PythonException.Value($"tf.Example input must be a list of dictionaries, but \"{PythonText.Str(value)}\" is <class '{PythonText.ClassName(value)}'>");

    private static byte[] One(object? value)
    {
        if (value is not PythonDict dict)
            throw new PythonException("AttributeError", $"'{PythonText.ClassName(value)}' object has no attribute 'items'");
        var features = new List<byte[]>();
        foreach (var (name, items) in dict.Items)
        {
            if (items is not List<object?> list)
                throw PythonException.Value($"feature value must be a list, but {PythonText.Str(name)}: \"{PythonText.Str(items)}\" is <class '{PythonText.ClassName(items)}'>");
            if (list.Count == 0)
                throw new PythonException("IndexError", "list index out of range");
            if (name is not (string or byte[]))
                throw PythonException.WrongType($"bad argument type for built-in operation: a feature's name is a {PythonText.ClassName(name)}");
            var key = name as byte[] ?? Encoding.UTF8.GetBytes((string)name);
            var feature = Feature(list);
            features.Add(Message(o => Field(o, 1, key), o => Field(o, 2, feature)));
        }
        var all = Message([.. features.Select(f => (Action<CodedOutputStream>)(o => Field(o, 1, f)))]);
        return Message(o => Field(o, 1, all));
    }

    private static byte[] Feature(List<object?> items)
    {
        const int bytesList = 1, floatList = 2, int64List = 3;
        var (kind, list) = items[0] switch
        {
            double => (floatList, Packed(items, (o, v) => o.WriteFloat((float)Number(v)))),
            string => (bytesList, Strings(items.ConvertAll(v => v is string s ? Encoding.UTF8.GetBytes(s) : throw Wrong(v, "str")))),
            byte[] => (bytesList, Strings(items.ConvertAll(v => v as byte[] ?? throw Wrong(v, "bytes")))),
            BigInteger or bool => (int64List, Packed(items, (o, v) => o.WriteInt64(Integer(v)))),
            var other => throw PythonException.Value($"Type <class '{PythonText.ClassName(other)}'> for value {PythonText.Str(other)} is not supported for tf.train.Feature."),
        };
        return Message(o => Field(o, kind, list));
    }

    private static double Number(object? value) => value switch
    {
        double d => d,
        BigInteger i => (double)i,
        bool b => b ? 1 : 0,
        _ => throw Wrong(value, "float"),
    };

    private static long Integer(object? value) => value switch
    {
        bool b => b ? 1 : 0,
        BigInteger i when i >= long.MinValue && i <= long.MaxValue => (long)i,
        BigInteger i => throw PythonException.Value($"Value out of range: {i}"),
        _ => throw Wrong(value, "int"),
    };

    private static PythonException Wrong(object? value, string expected) => PythonException.WrongType($"bad argument type for built-in operation: {PythonText.Repr(value)} is a {PythonText.ClassName(value)}, not a {expected}");

    private static byte[] Packed(List<object?> items, Action<CodedOutputStream, object?> write)
    {
        var content = Message([.. items.Select(i => (Action<CodedOutputStream>)(o => write(o, i)))]);
        return Message(o => Field(o, 1, content));
    }

    private static byte[] Strings(List<byte[]> items) => Message([.. items.Select(i => (Action<CodedOutputStream>)(o => Field(o, 1, i)))]);

    private static void Field(CodedOutputStream output, int number, byte[] content)
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
    }

    private static byte[] Message(params Action<CodedOutputStream>[] fields)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            foreach (var field in fields)
                field(output);
        }
        return stream.ToArray();
    }
}
