using System.Globalization;

namespace Engine.Io.Numpy;

/// <summary>An element type of numpy: numbers as here, and text (<c>U</c>), bytes (<c>S</c>) and objects (<c>O</c>), which are strings here.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Kind">numpy's letter for the kind: <c>b i u f c U S O V</c>.</param>
internal readonly record struct NumpyType(DType Type, char Kind)
{
    internal static readonly NumpyType Bool = Of(DType.Bool), Int64 = Of(DType.Int64), UInt64 = Of(DType.UInt64), Float32 = Of(DType.Float32), Float64 = Of(DType.Float64),
        Complex64 = Of(DType.Complex64), Complex128 = Of(DType.Complex128), Text = new(DType.String, 'U'), Bytes = new(DType.String, 'S'), Object = new(DType.String, 'O');

    private static readonly (string Names, DType Type)[] Names =
    [
        ("bool bool_ bool8 ? b1", DType.Bool), ("int8 byte b i1", DType.Int8), ("uint8 ubyte B u1", DType.UInt8), ("int16 short h i2", DType.Int16),
        ("uint16 ushort H u2", DType.UInt16), ("int32 intc i i4", DType.Int32), ("uint32 uintc I u4", DType.UInt32),
        ("int64 int int_ long longlong intp l q p i8", DType.Int64), ("uint64 uint ulonglong uintp L Q P u8", DType.UInt64),
        ("float16 half e f2", DType.Float16), ("float32 single f f4", DType.Float32), ("float64 float float_ double longdouble longfloat float128 d g f8", DType.Float64),
        ("complex64 csingle singlecomplex F c8", DType.Complex64), ("complex128 complex complex_ cdouble cfloat D c16", DType.Complex128),
    ];

    /// <summary>Bytes per number; 0 for strings.</summary>
    internal int Size => Type.Size();

    internal bool IsInteger => Kind is 'i' or 'u';

    internal bool IsNumber => Kind is 'b' or 'i' or 'u' or 'f' or 'c';

    internal bool IsString => Kind is 'U' or 'S' or 'O';

    /// <summary>The type of a tensor's elements.</summary>
    internal static NumpyType Of(DType type) => new(type, type switch
    {
        DType.Bool => 'b',
        DType.String or DType.Resource or DType.Variant => 'O',
        DType.Complex64 or DType.Complex128 => 'c',
        DType.UInt8 or DType.UInt16 or DType.UInt32 or DType.UInt64 or DType.QUInt8 or DType.QUInt16 => 'u',
        DType.Float16 or DType.Float32 or DType.Float64 => 'f',
        _ when type.IsFloating() || type is DType.Int4 or DType.UInt4 => 'V',
        _ => 'i',
    });

    /// <summary>The type of a name, <c>float32</c>, or code, <c>&lt;f4</c>; null for others.</summary>
    internal static NumpyType? Find(string name)
    {
        var plain = name.Length > 1 && name[0] is '<' or '>' or '=' or '|' ? name[1..] : name;
        foreach (var (names, type) in Names)
        {
            foreach (var known in names.AsSpan().Split(' '))
            {
                if (names.AsSpan(known).SequenceEqual(plain))
                    return Of(type);
            }
        }
        var code = plain.Length > 0 && plain.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 ? plain[0] : ' ';
        return plain switch
        {
            "str" or "str_" or "unicode" or "unicode_" => Text,
            "bytes" or "bytes_" or "string_" => Bytes,
            "object" or "object_" => Object,
            _ => code switch { 'U' => Text, 'S' or 'a' => Bytes, 'O' => Object, _ => (NumpyType?)null },
        };
    }

    /// <summary>numpy's name, <c>float32</c>.</summary>
    internal string Name => Kind switch { 'U' => "str", 'S' => "bytes", 'O' => "object", _ => PythonName(Type) };

    /// <summary>The name of an element type in Python, <c>float32</c>; in protobufs it may be another, <c>float</c>.</summary>
    internal static string PythonName(DType type) => type switch
    {
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        DType.Float16 => "float16",
        _ => type.Name(),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"dtype('{Name}')");
}
