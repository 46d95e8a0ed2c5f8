using System.Collections;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Engine.Io.Text;

/// <summary>Reads text into a message, field by field.</summary>
internal ref struct TextFormatReader
{
    private const int MaxDepth = 100;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private TextScanner scanner;

    internal TextFormatReader(ReadOnlySpan<byte> text, string file) => scanner = new(text, file);

    internal void Read(IMessage message)
    {
        while (!scanner.AtEnd)
            ReadField(message, 0);
    }

    private void ReadFields(IMessage message, int depth)
    {
        var close = scanner.TryTake('<') ? '>' : '}';
        if (close == '}')
            scanner.Take('{');
        if (depth > MaxDepth)
            throw scanner.Error($"messages are nested more than {MaxDepth} deep");
        while (!scanner.TryTake(close))
            ReadField(message, depth);
    }

    private void ReadField(IMessage message, int depth)
    {
        if (scanner.TryTake('['))
            ReadAny(message, depth);
        else
            ReadNamedField(message, depth);
        if (!scanner.TryTake(','))
            scanner.TryTake(';');
    }

    private void ReadNamedField(IMessage message, int depth)
    {
        var name = scanner.TakeName();
        var field = message.Descriptor.FindFieldByName(name)
            ?? throw scanner.Error($"{message.Descriptor.Name} has no field '{name}'");
        if (!scanner.TryTake(':') && field.FieldType != FieldType.Message)
            throw scanner.Error($"expected ':' after '{name}'");
        if (!field.IsRepeated || !scanner.TryTake('['))
        {
            ReadValue(message, field, depth);
            return;
        }
        if (scanner.TryTake(']'))
            return;
        do
            ReadValue(message, field, depth);
        while (scanner.TryTake(','));
        scanner.Take(']');
    }

    private void ReadValue(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
            ReadEntry((IDictionary)field.Accessor.GetValue(message), field.MessageType, depth);
        else if (field.IsRepeated)
            ((IList)field.Accessor.GetValue(message)).Add(field.FieldType == FieldType.Message ? ReadMessage(field.MessageType, null, depth) : ReadScalar(field));
        else if (field.FieldType != FieldType.Message)
            field.Accessor.SetValue(message, ReadScalar(field));
        else
            field.Accessor.SetValue(message, ReadMessage(field.MessageType, field.Accessor.GetValue(message) as IMessage, depth));
    }

    private object ReadMessage(MessageDescriptor type, IMessage? present, int depth)
    {
        var message = present ?? New(type);
        ReadFields(message, depth + 1);
        // Wrappers are plain values in C#.
        return type.File == BoolValue.Descriptor.File ? type.FindFieldByNumber(1).Accessor.GetValue(message) : message;
    }

    private void ReadEntry(IDictionary map, MessageDescriptor entry, int depth)
    {
        var keyField = entry.FindFieldByNumber(1);
        var valueField = entry.FindFieldByNumber(2);
        object? key = null;
        object? value = null;
        var close = scanner.TryTake('<') ? '>' : '}';
        if (close == '}')
            scanner.Take('{');
        while (!scanner.TryTake(close))
        {
            var name = scanner.TakeName();
            var colon = scanner.TryTake(':');
            if (name == "key" && colon)
                key = ReadScalar(keyField);
            else if (name == "value" && valueField.FieldType == FieldType.Message)
                value = ReadMessage(valueField.MessageType, value as IMessage, depth + 1);
            else if (name == "value" && colon)
                value = ReadScalar(valueField);
            else
                throw scanner.Error(name is "key" or "value" ? $"expected ':' after '{name}'" : $"a map entry has no field '{name}'");
            if (!scanner.TryTake(','))
                scanner.TryTake(';');
        }
        map[key ?? Default(keyField)] = value ?? (valueField.FieldType == FieldType.Message ? New(valueField.MessageType) : Default(valueField));
    }

    private void ReadAny(IMessage message, int depth)
    {
        var url = scanner.TakeUntil(']');
        if (message is not Any any)
            throw scanner.Error($"{message.Descriptor.Name} has no extension '{url}'");
        var type = TextFormat.Types.Find(Any.GetTypeName(url)) ?? throw scanner.Error($"the type '{url}' is not known");
        scanner.TryTake(':');
        var content = New(type);
        ReadFields(content, depth + 1);
        any.TypeUrl = url;
        any.Value = content.ToByteString();
    }

    private object ReadScalar(FieldDescriptor field)
    {
        switch (field.FieldType)
        {
            case FieldType.Bytes:
                return ByteString.CopyFrom(scanner.TakeString());
            case FieldType.String:
                var bytes = scanner.TakeString();
                try
                {
                    return StrictUtf8.GetString(bytes);
                }
                catch (DecoderFallbackException)
                {
                    throw scanner.Error($"the string '{field.Name}' is not UTF-8");
                }
            default:
                var token = scanner.TakeNumber();
                return TextNumbers.Parse(field, token) ?? throw scanner.Error($"'{token}' is not a value of {field.FieldType.ToString().ToLowerInvariant()} '{field.Name}'");
        }
    }

    private static object Default(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => "",
        FieldType.Bytes => ByteString.Empty,
        _ => TextNumbers.Parse(field, field.FieldType == FieldType.Bool ? "false" : "0")!,
    };

    private static IMessage New(MessageDescriptor type) => type.Parser.ParseFrom(ByteString.Empty);
}
