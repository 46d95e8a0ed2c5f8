namespace Engine.Ops.Parsing;

/// <summary>Elements as raw bytes of either byte order.</summary>
internal static class RawBytes
{
    /// <summary>Whether raw bytes can be read as this type.</summary>
    internal static bool IsReadable(DType type) => type is DType.Float16 or DType.Float32 or DType.Float64 or DType.BFloat16 or DType.Int8 or DType.Int16 or DType.Int32
        or DType.Int64 or DType.UInt8 or DType.UInt16;

    /// <summary>Reverses the bytes of each element, of each part of complex ones, where the order is not this machine's.</summary>
    internal static void Order(Span<byte> bytes, DType type, bool littleEndian)
    {
        var size = type.IsComplex() ? type.Size() / 2 : type.Size();
        if (littleEndian == BitConverter.IsLittleEndian || size == 1)
            return;
        for (var i = 0; i + size <= bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }
}
