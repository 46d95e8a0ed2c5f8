using System.Text;
using Engine.Io.Text;
using Google.Protobuf.Reflection;

namespace Engine.Io.DynamicMessages;

/// <summary>Reads protobuf text into a message of any type. Fields that are given twice and not repeated are errors, as in C++.</summary>
internal ref struct DynamicTextReader
{
    private const int MaxDepth = 100;

    private TextScanner scanner;

    internal DynamicTextReader(ReadOnlySpan<byte> text) => scanner = new(text, "(text)");

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="InvalidModelException">For what is no text of such a message.</exception>
    internal void Read(DynamicMessage message)
    {
        while (!scanner.AtEnd)
            ReadField(message, 0);
    }

    private void ReadField(DynamicMessage message, int depth)
    {
        var name = scanner.TakeName();
        // A group goes by the name of its type.
        var field = message.Type.FindFieldByName(name) is { FieldType: not FieldType.Group } plain ? plain
            : message.Type.FindFieldByName(name.ToLowerInvariant()) is { FieldType: FieldType.Group } group && group.MessageType.Name == name ? group
            : throw scanner.Error($"{message.Type.Name} has no field '{name}'");
        var isMessage = field.FieldType is FieldType.Message or FieldType.Group;
        if (!scanner.TryTake(':') && !isMessage)
            throw scanner.Error($"expected ':' after '{name}'");
        if (!field.IsRepeated && message.Has(field))
            throw scanner.Error($"'{name}' is given twice");
        if (!field.IsRepeated || !scanner.TryTake('['))
        {
            ReadValue(message, field, depth);
        }
        else if (!scanner.TryTake(']'))
        {
            do
                ReadValue(message, field, depth);
            while (scanner.TryTake(','));
            scanner.Take(']');
        }
        if (!scanner.TryTake(','))
            scanner.TryTake(';');
    }

    private void ReadValue(DynamicMessage message, FieldDescriptor field, int depth)
    {
        switch (field.FieldType)
        {
            case FieldType.Message or FieldType.Group:
                message.Add(field, ReadMessage(field.MessageType, depth + 1));
                break;
            case FieldType.String or FieldType.Bytes:
                message.Add(field, scanner.TakeString());
                break;
            default:
                message.Add(field, ReadNumber(field));
                break;
        }
    }

    private DynamicMessage ReadMessage(MessageDescriptor type, int depth)
    {
        if (depth > MaxDepth)
            throw scanner.Error($"messages are nested more than {MaxDepth} deep");
        var close = scanner.TryTake('<') ? '>' : '}';
        if (close == '}')
            scanner.Take('{');
        var message = new DynamicMessage(type);
        while (!scanner.TryTake(close))
            ReadField(message, depth);
        return message;
    }

    private object ReadNumber(FieldDescriptor field)
    {
        var token = scanner.TakeNumber();
        var value = TextNumbers.Parse(field, token) ?? throw scanner.Error($"'{token}' is not a value of '{field.Name}'");
        if (field.FieldType == FieldType.Enum && field.File.ToProto().Syntax != "proto3" && field.EnumType.FindValueByNumber((int)value) is null)
            throw scanner.Error($"'{token}' is not a value of '{field.Name}'");
        return value switch
        {
            double d => BitConverter.DoubleToUInt64Bits(d),
            float f => (ulong)BitConverter.SingleToUInt32Bits(f),
            bool b => b ? 1UL : 0,
            ulong u => u,
            uint u => (ulong)u,
            int i => FieldTypes.Bits(field.FieldType, i),
            _ => FieldTypes.Bits(field.FieldType, (long)value),
        };
    }
}
