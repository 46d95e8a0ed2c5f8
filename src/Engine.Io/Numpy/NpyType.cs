using System.Globalization;

namespace Engine.Io.Numpy;

/// <summary>The element type of a .npy file: numpy's text for it, <c>&lt;f4</c>, and what it is here.</summary>
/// <param name="Type">The element type.</param>
/// <param name="ItemSize">Bytes per element; of text, of the longest.</param>
/// <param name="IsBigEndian">Whether the bytes of an element are reversed.</param>
/// <param name="IsText">Whether elements are UTF-32 rather than bytes, both padded with zeros.</param>
/// <param name="IsObject">Whether elements are objects of Python, which follow as a pickle.</param>
internal readonly record struct NpyType(DType Type, int ItemSize, bool IsBigEndian = false, bool IsText = false, bool IsObject = false)
{
    private static readonly (string Code, DType Type)[] Plain =
    [
        ("b1", DType.Bool), ("i1", DType.Int8), ("u1", DType.UInt8), ("i2", DType.Int16), ("u2", DType.UInt16), ("i4", DType.Int32), ("u4", DType.UInt32),
        ("i8", DType.Int64), ("u8", DType.UInt64), ("f2", DType.Float16), ("f4", DType.Float32), ("f8", DType.Float64), ("c8", DType.Complex64),
        // numpy knows no bfloat16: arrays of it are saved as two bytes of no type.
        ("c16", DType.Complex128), ("V2", DType.BFloat16),
    ];

    /// <summary>The type of numpy's text.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for structures, dates and text that is none.</exception>
    internal static NpyType Parse(string descr)
    {
        var order = descr.Length > 0 ? descr[0] : ' ';
        var code = order is '<' or '>' or '|' or '=' ? descr[1..] : descr;
        var isBig = order == '>' || (order == '=' && !BitConverter.IsLittleEndian);
        foreach (var (known, type) in Plain)
        {
            if (known == code)
                return new(type, type.Size(), isBig && type.Size() > 1);
        }
        if (code.Length > 1 && code[0] is 'S' or 'a' or 'U' && int.TryParse(code.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= int.MaxValue / 4)
            return code[0] == 'U' ? new(DType.String, 4 * length, isBig, IsText: true) : new(DType.String, length);
        if (code is "O" or "O8" or "O4")
            return new(DType.String, 0, IsObject: true);
        throw EngineException.InvalidArgument($"elements of type '{descr}' cannot be read.");
    }

    /// <summary>The type of a structure with one field, as numpy has quantized numbers: <c>('qint8', '|i1')</c>.</summary>
    internal static NpyType ParseField(string name, string descr)
    {
        var type = DTypes.Parse(name);
        var plain = Parse(descr);
        return type.IsQuantized() && type.Size() == plain.ItemSize && plain.Type != DType.String
            ? plain with { Type = type }
            : throw EngineException.InvalidArgument($"structures such as ('{name}', '{descr}') cannot be read.");
    }

    /// <summary>The text that stands in the header, with its quotes or brackets.</summary>
    internal static string Print(DType type, int itemSize)
    {
        if (type == DType.String)
            return $"'|S{itemSize}'";
        if (type.IsQuantized())
            return $"[('{type.Name()}', {Print(Unquantized(type), itemSize)})]";
        var code = Plain.FirstOrDefault(p => p.Type == type).Code;
        if (code is null)
            return $"'|V{itemSize}'";
        return $"'{(itemSize == 1 ? '|' : '<')}{code}'";
    }

    private static DType Unquantized(DType type) => type switch
    {
        DType.QInt8 => DType.Int8,
        DType.QUInt8 => DType.UInt8,
        DType.QInt16 => DType.Int16,
        DType.QUInt16 => DType.UInt16,
        _ => DType.Int32,
    };
}
