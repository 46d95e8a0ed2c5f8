namespace Engine;

/// <summary>Element types with TensorFlow's numbers (<c>tensorflow.DataType</c>). A reference type is the value type's number plus 100.</summary>
public enum DType
{
    /// <summary>No type.</summary>
    Invalid = 0,
    /// <summary>IEEE binary32.</summary>
    Float32 = 1,
    /// <summary>IEEE binary64.</summary>
    Float64 = 2,
    /// <summary>Signed 32 bits.</summary>
    Int32 = 3,
    /// <summary>Unsigned 8 bits.</summary>
    UInt8 = 4,
    /// <summary>Signed 16 bits.</summary>
    Int16 = 5,
    /// <summary>Signed 8 bits.</summary>
    Int8 = 6,
    /// <summary>Byte strings.</summary>
    String = 7,
    /// <summary>Two binary32: real and imaginary part.</summary>
    Complex64 = 8,
    /// <summary>Signed 64 bits.</summary>
    Int64 = 9,
    /// <summary>One byte, 0 or 1.</summary>
    Bool = 10,
    /// <summary>Quantized signed 8 bits.</summary>
    QInt8 = 11,
    /// <summary>Quantized unsigned 8 bits.</summary>
    QUInt8 = 12,
    /// <summary>Quantized signed 32 bits.</summary>
    QInt32 = 13,
    /// <summary>The upper half of a binary32.</summary>
    BFloat16 = 14,
    /// <summary>Quantized signed 16 bits.</summary>
    QInt16 = 15,
    /// <summary>Quantized unsigned 16 bits.</summary>
    QUInt16 = 16,
    /// <summary>Unsigned 16 bits.</summary>
    UInt16 = 17,
    /// <summary>Two binary64: real and imaginary part.</summary>
    Complex128 = 18,
    /// <summary>IEEE binary16.</summary>
    Float16 = 19,
    /// <summary>A handle to a variable, table, queue, iterator, …</summary>
    Resource = 20,
    /// <summary>Any value: a tensor list, a dataset, an optional, …</summary>
    Variant = 21,
    /// <summary>Unsigned 32 bits.</summary>
    UInt32 = 22,
    /// <summary>Unsigned 64 bits.</summary>
    UInt64 = 23,
    /// <summary>8-bit float with 5 exponent bits.</summary>
    Float8E5M2 = 24,
    /// <summary>8-bit float with 4 exponent bits, no infinities.</summary>
    Float8E4M3FN = 25,
    /// <summary>Signed 4 bits, one element per byte.</summary>
    Int4 = 29,
    /// <summary>Unsigned 4 bits, one element per byte.</summary>
    UInt4 = 30,
}
