using System.Globalization;
using System.Text;
using Engine.Io.Text;
using Google.Protobuf.Reflection;

namespace Engine.Io.DynamicMessages;

/// <summary>What a field that is not given holds.</summary>
internal static class DefaultValues
{
    /// <summary>The bits of a number, or bytes.</summary>
    internal static object Of(FieldDescriptor field)
    {
        var text = field.IsRepeated ? "" : field.ToProto().DefaultValue;
        switch (field.FieldType)
        {
            case FieldType.String:
                return Encoding.UTF8.GetBytes(text);
            case FieldType.Bytes:
                return new TextScanner(Encoding.UTF8.GetBytes($"\"{text}\""), field.FullName).TakeString();
            case FieldType.Message or FieldType.Group:
                return Array.Empty<byte>();
            case FieldType.Enum:
                var number = text.Length > 0 ? field.EnumType.FindValueByName(text)?.Number : field.IsRepeated ? 0 : field.EnumType.Values.FirstOrDefault()?.Number;
                return (ulong)(number ?? 0);
            case FieldType.Double:
                return BitConverter.DoubleToUInt64Bits(Number(text));
            case FieldType.Float:
                return (ulong)BitConverter.SingleToUInt32Bits((float)Number(text));
            case FieldType.Bool:
                return text == "true" ? 1UL : 0;
            default:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed) ? FieldTypes.Bits(field.FieldType, signed)
                    : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned) ? unsigned : 0;
        }
    }

    private static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : 0,
    };
}
