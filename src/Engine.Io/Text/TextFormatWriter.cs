using System.Collections;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Engine.Io.Text;

/// <summary>Writes a message as text, as TensorFlow's Python does.</summary>
internal sealed class TextFormatWriter
{
    private readonly StringBuilder text = new();
    private int indent;

    public override string ToString() => text.ToString();

    internal void Write(IMessage message)
    {
        if (message is Any any && TextFormat.Types.Find(Any.GetTypeName(any.TypeUrl)) is { } type)
        {
            WriteMessage($"[{any.TypeUrl}]", type.Parser.ParseFrom(any.Value));
            return;
        }
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsMap)
                WriteMap(field, (IDictionary)field.Accessor.GetValue(message));
            else if (field.IsRepeated)
                WriteAll(field, (IList)field.Accessor.GetValue(message));
            else if (IsSet(field, message))
                WriteValue(field, field.Accessor.GetValue(message));
        }
    }

    private static bool IsSet(FieldDescriptor field, IMessage message)
    {
        if (field.HasPresence)
            return field.Accessor.HasValue(message);
        return field.Accessor.GetValue(message) switch
        {
            string s => s.Length > 0,
            ByteString b => b.Length > 0,
            // Minus zero is a value too.
            float f => BitConverter.SingleToInt32Bits(f) != 0,
            double d => BitConverter.DoubleToInt64Bits(d) != 0,
            bool b => b,
            var v => Convert.ToDecimal(v, CultureInfo.InvariantCulture) != 0,
        };
    }

    private void WriteAll(FieldDescriptor field, IList values)
    {
        foreach (var value in values)
            WriteValue(field, value!);
    }

    private void WriteMap(FieldDescriptor field, IDictionary map)
    {
        var keyField = field.MessageType.FindFieldByNumber(1);
        var valueField = field.MessageType.FindFieldByNumber(2);
        var keys = new object[map.Count];
        map.Keys.CopyTo(keys, 0);
        Array.Sort(keys, keyField.FieldType == FieldType.String ? StringComparer.Ordinal : Comparer.Default);
        foreach (var key in keys)
        {
            Open(field.Name);
            WriteValue(keyField, key);
            WriteValue(valueField, map[key]!);
            Close();
        }
    }

    private void WriteValue(FieldDescriptor field, object value)
    {
        if (value is IMessage message)
        {
            WriteMessage(field.Name, message);
            return;
        }
        if (field.FieldType == FieldType.Message)
        {
            // A wrapper, which is a plain value in C#.
            Open(field.Name);
            var inner = field.MessageType.FindFieldByNumber(1);
            if (value is not false)
                WriteValue(inner, value);
            Close();
            return;
        }
        Indent().Append(field.Name).Append(": ");
        switch (value)
        {
            case string s:
                WriteString(Encoding.UTF8.GetBytes(s));
                break;
            case ByteString b:
                WriteString(b.Span);
                break;
            case float f:
                text.Append(TextNumbers.Print(f));
                break;
            case double d:
                text.Append(TextNumbers.Print(d));
                break;
            case bool b:
                text.Append(b ? "true" : "false");
                break;
            default:
                if (field.FieldType == FieldType.Enum)
                {
                    var number = Convert.ToInt32(value, CultureInfo.InvariantCulture);
                    text.Append(field.EnumType.FindValueByNumber(number)?.Name ?? number.ToString(CultureInfo.InvariantCulture));
                }
                else
                {
                    text.Append(CultureInfo.InvariantCulture, $"{value}");
                }
                break;
        }
        text.Append('\n');
    }

    private void WriteMessage(string name, IMessage message)
    {
        Open(name);
        Write(message);
        Close();
    }

    private void WriteString(ReadOnlySpan<byte> bytes)
    {
        text.Append('"');
        foreach (var b in bytes)
        {
            switch (b)
            {
                case (byte)'\n':
                    text.Append("\\n");
                    break;
                case (byte)'\r':
                    text.Append("\\r");
                    break;
                case (byte)'\t':
                    text.Append("\\t");
                    break;
                case (byte)'"' or (byte)'\'' or (byte)'\\':
                    text.Append('\\').Append((char)b);
                    break;
                case >= 32 and < 127:
                    text.Append((char)b);
                    break;
                default:
                    text.Append('\\').Append((char)('0' + (b >> 6))).Append((char)('0' + ((b >> 3) & 7))).Append((char)('0' + (b & 7)));
                    break;
            }
        }
        text.Append('"');
    }

    private void Open(string name)
    {
        Indent().Append(name).Append(" {\n");
        indent++;
    }

    private void Close()
    {
        indent--;
        Indent().Append("}\n");
    }

    private StringBuilder Indent() => text.Append(' ', 2 * indent);
}
