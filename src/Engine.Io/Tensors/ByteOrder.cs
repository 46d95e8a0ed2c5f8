namespace Engine.Io.Tensors;

/// <summary>Byte order of elements: files of this format family are little-endian, a machine may be otherwise.</summary>
internal static class ByteOrder
{
    /// <summary>Turns elements of this machine's byte order into little-endian ones, or back.</summary>
    internal static void ToLittleEndian(DType type, Span<byte> bytes)
    {
        if (!BitConverter.IsLittleEndian)
            Swap(type, bytes);
    }

    /// <summary>Reverses the bytes of each element; of complex numbers, those of each part.</summary>
    internal static void Swap(DType type, Span<byte> bytes)
    {
        var size = type.IsComplex() ? type.Size() / 2 : type.Size();
        if (size < 2)
            return;
        for (var i = 0; i + size <= bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }
}
