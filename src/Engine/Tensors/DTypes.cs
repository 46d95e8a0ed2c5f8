using System.Numerics;
using Engine.Tensors;

namespace Engine;

/// <summary>Facts about element types: size, name, storage type.</summary>
public static class DTypes
{
    private const int RefOffset = 100;

    /// <summary>Bytes per element; 0 for string, resource and variant, which are held as objects.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.Float32 or DType.Int32 or DType.UInt32 or DType.QInt32 => 4,
        DType.Float64 or DType.Int64 or DType.UInt64 or DType.Complex64 => 8,
        DType.Complex128 => 16,
        DType.Int16 or DType.UInt16 or DType.QInt16 or DType.QUInt16 or DType.Float16 or DType.BFloat16 => 2,
        DType.UInt8 or DType.Int8 or DType.Bool or DType.QInt8 or DType.QUInt8 or DType.Float8E5M2 or DType.Float8E4M3FN
            or DType.Int4 or DType.UInt4 => 1,
        _ => 0,
    };

    /// <summary>Whether elements are objects (string, resource, variant) rather than plain memory.</summary>
    public static bool IsObject(this DType type) => type is DType.String or DType.Resource or DType.Variant;

    /// <summary>Whether this is a reference type (the output of a TF 1 variable).</summary>
    public static bool IsRef(this DType type) => (int)type > RefOffset;

    /// <summary>The value type of a reference type; other types as they are.</summary>
    public static DType Base(this DType type) => type.IsRef() ? (DType)((int)type - RefOffset) : type;

    /// <summary>The reference type of a value type.</summary>
    public static DType Ref(this DType type) => type.IsRef() ? type : (DType)((int)type + RefOffset);

    /// <summary>Whether the number is one of the known types (or a reference to one).</summary>
    public static bool IsKnown(this DType type) => type.Base() is >= DType.Float32 and <= DType.Float8E4M3FN or DType.Int4 or DType.UInt4;

    /// <summary>float16, bfloat16, float32, float64, and the 8-bit floats.</summary>
    public static bool IsFloating(this DType type) => type is DType.Float32 or DType.Float64 or DType.Float16 or DType.BFloat16
        or DType.Float8E5M2 or DType.Float8E4M3FN;

    /// <summary>Signed and unsigned integers (not quantized, not bool).</summary>
    public static bool IsInteger(this DType type) => type is DType.Int8 or DType.Int16 or DType.Int32 or DType.Int64
        or DType.UInt8 or DType.UInt16 or DType.UInt32 or DType.UInt64 or DType.Int4 or DType.UInt4;

    /// <summary>complex64 and complex128.</summary>
    public static bool IsComplex(this DType type) => type is DType.Complex64 or DType.Complex128;

    /// <summary>qint8, quint8, qint16, quint16, qint32.</summary>
    public static bool IsQuantized(this DType type) => type is DType.QInt8 or DType.QUInt8 or DType.QInt16 or DType.QUInt16 or DType.QInt32;

    /// <summary>TensorFlow's name: float, double, half, int32, string, … with <c>_ref</c> for reference types.</summary>
    public static string Name(this DType type) => type.Base() switch
    {
        DType.Float32 => "float",
        DType.Float64 => "double",
        DType.Float16 => "half",
        DType.Float8E5M2 => "float8_e5m2",
        DType.Float8E4M3FN => "float8_e4m3fn",
        DType.Invalid => "INVALID",
        var t => t.ToString().ToLowerInvariant(),
    } + (type.IsRef() ? "_ref" : "");

    /// <summary>The type with this TensorFlow name (as <see cref="Name"/> gives it), or Invalid.</summary>
    public static DType Parse(string name)
    {
        if (name.EndsWith("_ref", StringComparison.Ordinal))
            return Parse(name[..^4]) is var b and not DType.Invalid ? b.Ref() : DType.Invalid;
        return name switch
        {
            "float" => DType.Float32,
            "double" => DType.Float64,
            "int32" => DType.Int32,
            "uint8" => DType.UInt8,
            "int16" => DType.Int16,
            "int8" => DType.Int8,
            "string" => DType.String,
            "complex64" => DType.Complex64,
            "int64" => DType.Int64,
            "bool" => DType.Bool,
            "qint8" => DType.QInt8,
            "quint8" => DType.QUInt8,
            "qint32" => DType.QInt32,
            "bfloat16" => DType.BFloat16,
            "qint16" => DType.QInt16,
            "quint16" => DType.QUInt16,
            "uint16" => DType.UInt16,
            "complex128" => DType.Complex128,
            "half" => DType.Float16,
            "resource" => DType.Resource,
            "variant" => DType.Variant,
            "uint32" => DType.UInt32,
            "uint64" => DType.UInt64,
            "float8_e5m2" => DType.Float8E5M2,
            "float8_e4m3fn" => DType.Float8E4M3FN,
            "int4" => DType.Int4,
            "uint4" => DType.UInt4,
            _ => DType.Invalid,
        };
    }

    /// <summary>The type whose elements are stored as <typeparamref name="T"/>; quantized types share their integers' storage.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when no element type is stored so.</exception>
    public static DType Of<T>() => TypeOf<T>.Value != DType.Invalid
        ? TypeOf<T>.Value
        : throw EngineException.InvalidArgument($"No element type is stored as {typeof(T)}.");

    /// <summary>Whether elements of <paramref name="type"/> are stored as <typeparamref name="T"/>.</summary>
    public static bool IsStoredAs<T>(this DType type) => StorageType(type) == typeof(T)
        || (typeof(T) == typeof(byte) && type is DType.Bool or DType.Float8E5M2 or DType.Float8E4M3FN or DType.UInt4);

    /// <summary>The .NET type of an element: <c>byte[]</c> for strings, <see cref="ResourceHandle"/>, <c>object</c> for variants.</summary>
    public static Type StorageType(this DType type) => type switch
    {
        DType.Float32 => typeof(float),
        DType.Float64 => typeof(double),
        DType.Int32 or DType.QInt32 => typeof(int),
        DType.UInt8 or DType.QUInt8 or DType.UInt4 => typeof(byte),
        DType.Int16 or DType.QInt16 => typeof(short),
        DType.Int8 or DType.QInt8 or DType.Int4 => typeof(sbyte),
        DType.String => typeof(byte[]),
        DType.Complex64 => typeof(Complex64),
        DType.Int64 => typeof(long),
        DType.Bool => typeof(bool),
        DType.BFloat16 => typeof(BFloat16),
        DType.UInt16 or DType.QUInt16 => typeof(ushort),
        DType.Complex128 => typeof(Complex),
        DType.Float16 => typeof(Half),
        DType.Resource => typeof(ResourceHandle),
        DType.Variant => typeof(object),
        DType.UInt32 => typeof(uint),
        DType.UInt64 => typeof(ulong),
        DType.Float8E5M2 => typeof(Float8E5M2),
        DType.Float8E4M3FN => typeof(Float8E4M3FN),
        _ => typeof(void),
    };

    /// <summary>The plain type whose elements are stored as <paramref name="storage"/>, or Invalid.</summary>
    internal static DType OfStorage(Type storage)
    {
        for (var type = DType.Float32; type <= DType.Float8E4M3FN; type++)
        {
            if (!type.IsQuantized() && type.StorageType() == storage)
                return type;
        }
        return DType.Invalid;
    }

    private static class TypeOf<T>
    {
        public static readonly DType Value = OfStorage(typeof(T));
    }
}
