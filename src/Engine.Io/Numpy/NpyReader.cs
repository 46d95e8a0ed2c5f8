using System.Buffers.Binary;
using System.Text;
using Engine.Io.Files;
using Engine.Io.Numpy;
using Engine.Io.Tensors;

namespace Engine.Io;

/// <summary>Reads numpy's .npy files: numbers, truth values, bytes and text (as UTF-8 strings), in C and Fortran order, of either byte order.</summary>
public static class NpyReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND; DATA_LOSS when it is damaged or no npy file; INVALID_ARGUMENT for types such as Python objects.</exception>
    public static Tensor Read(string path)
    {
        using var stream = FileErrors.OpenRead(path);
        return Read(stream, stream.Length, path);
    }

    /// <summary>Reads an array from a stream, of which nothing behind the array is used.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">A name for errors.</param>
    public static Tensor Read(Stream stream, string name = "(stream)")
    {
        if (stream.CanSeek)
            return Read(stream, stream.Length - stream.Position, name);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return Read(copy, copy.Length, name);
    }

    /// <param name="stream">The stream.</param>
    /// <param name="available">Bytes that it has at most: more are not allocated.</param>
    /// <param name="name">A name for errors.</param>
    internal static Tensor Read(Stream stream, long available, string name)
    {
        var header = NpyHeader.Read(stream, name);
        if (header.Element.IsObject)
            throw new InvalidModelException(StatusCode.InvalidArgument, name, "an array of Python objects cannot be read; save it as an array of numbers, bytes or text.");
        return ReadBody(stream, header, available, name);
    }

    /// <summary>The elements behind a header.</summary>
    internal static Tensor ReadBody(Stream stream, NpyHeader header, long available, string name)
    {
        // Int128 is never compiled ahead, so it is left to the message.
        if (Math.BigMul(header.Shape.Count, header.Element.ItemSize, out var bytes) != 0 || bytes < 0 || bytes > available)
            throw TooShort(header, available, name);
        if (header.Element.ItemSize == 0 && header.Shape.Count > available)
            throw new InvalidModelException(StatusCode.ResourceExhausted, name, $"{header.Shape.Count} empty strings in a file of {available} bytes are too many.");
        try
        {
            var t = header.Element.Type == DType.String ? ReadStrings(stream, header) : ReadPlain(stream, header);
            if (!header.IsFortran || header.Shape.Rank < 2)
                return t;
            using (t)
                return Transpose(t, header.Shape);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidModelException(StatusCode.DataLoss, name, $"the file ends before its {bytes} bytes of elements do.", inner: e);
        }
    }

    private static InvalidModelException TooShort(NpyHeader header, long available, string name)
        => new(StatusCode.DataLoss, name, $"{(Int128)header.Shape.Count * header.Element.ItemSize} bytes of elements are needed, there are at most {available}.");

    private static Tensor ReadPlain(Stream stream, NpyHeader header)
    {
        var t = Tensor.Allocate(header.Element.Type, header.Shape);
        var row = t.Reshape(Shape.Vector(t.Count));
        // Spans end at 2 GB.
        const long step = 1 << 26;
        for (var at = 0L; at < t.Count; at += step)
        {
            using var part = row.Rows(at, Math.Min(step, t.Count - at));
            var bytes = part.Bytes();
            stream.ReadExactly(bytes);
            if (header.Element.IsBigEndian == BitConverter.IsLittleEndian)
                ByteOrder.Swap(t.Type, bytes);
            if (t.Type == DType.Bool)
            {
                foreach (ref var b in bytes)
                    b = b == 0 ? (byte)0 : (byte)1;
            }
        }
        row.Dispose();
        return t;
    }

    private static Tensor ReadStrings(Stream stream, NpyHeader header)
    {
        var t = Tensor.Allocate(DType.String, header.Shape);
        var item = new byte[header.Element.ItemSize];
        foreach (ref var s in t.AsSpan<byte[]>())
        {
            stream.ReadExactly(item);
            s = header.Element.IsText ? Utf8(item, header.Element.IsBigEndian) : item.AsSpan().TrimEnd((byte)0).ToArray();
        }
        return t;
    }

    private static byte[] Utf8(ReadOnlySpan<byte> utf32, bool isBigEndian)
    {
        var text = new StringBuilder();
        var zeros = 0;
        for (; !utf32.IsEmpty; utf32 = utf32[4..])
        {
            var code = isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(utf32) : BinaryPrimitives.ReadUInt32LittleEndian(utf32);
            if (code == 0)
            {
                zeros++;
                continue;
            }
            text.Append('\0', zeros).Append(Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar);
            zeros = 0;
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // The elements stand in the order of the reversed dimensions.
    private static unsafe Tensor Transpose(Tensor source, Shape shape)
    {
        var t = Tensor.Allocate(source.Type, shape);
        var strides = new long[shape.Rank];
        var stride = 1L;
        for (var i = 0; i < strides.Length; i++)
        {
            strides[i] = stride;
            stride *= shape[i];
        }
        var index = new long[shape.Rank];
        var size = source.Type.Size();
        var strings = source.Type == DType.String ? source.AsSpan<byte[]>() : [];
        var targets = source.Type == DType.String ? t.AsSpan<byte[]>() : [];
        var from = 0L;
        for (var to = 0L; to < t.Count; to++)
        {
            if (size == 0)
                targets[(int)to] = strings[(int)from];
            else
                Buffer.MemoryCopy(source.Pointer<byte>() + from * size, t.Pointer<byte>() + to * size, size, size);
            for (var i = index.Length - 1; i >= 0; i--)
            {
                from += strides[i];
                if (++index[i] < shape[i])
                    break;
                from -= strides[i] * shape[i];
                index[i] = 0;
            }
        }
        return t;
    }
}
