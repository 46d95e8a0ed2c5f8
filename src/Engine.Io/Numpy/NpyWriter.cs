using Engine.Io.Files;
using Engine.Io.Numpy;
using Engine.Io.Tensors;

namespace Engine.Io;

/// <summary>
/// Writes numpy's .npy files. Strings become fixed-length bytes (zeros at their ends are lost), quantized numbers structures of one field, and types that numpy
/// lacks bytes without type, all as numpy itself saves them.
/// </summary>
public static class NpyWriter
{
    /// <summary>Writes a file.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for resources and variants; NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED.</exception>
    public static void Write(string path, Tensor tensor) => MessageFile.WriteBytes(path, stream => Write(stream, tensor));

    /// <summary>Writes an array to a stream.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for resources and variants.</exception>
    public static void Write(Stream stream, Tensor tensor)
    {
        if (tensor.Type is DType.Resource or DType.Variant)
            throw EngineException.InvalidArgument($"A {tensor.Type.Name()} tensor is no array.");
        if (tensor.Type == DType.String)
            WriteStrings(stream, tensor);
        else
            WritePlain(stream, tensor);
    }

    private static void WritePlain(Stream stream, Tensor tensor)
    {
        stream.Write(new NpyHeader(new(tensor.Type, tensor.Type.Size()), tensor.Shape, false).ToBytes());
        using var row = tensor.Reshape(Shape.Vector(tensor.Count));
        const long step = 1 << 26;
        for (var at = 0L; at < tensor.Count; at += step)
        {
            using var part = row.Rows(at, Math.Min(step, tensor.Count - at));
            if (BitConverter.IsLittleEndian)
            {
                stream.Write(part.Bytes());
                continue;
            }
            using var swapped = part.Clone();
            ByteOrder.ToLittleEndian(tensor.Type, swapped.Bytes());
            stream.Write(swapped.Bytes());
        }
    }

    private static void WriteStrings(Stream stream, Tensor tensor)
    {
        var items = tensor.AsSpan<byte[]>();
        var longest = 1;
        foreach (var s in items)
            longest = Math.Max(longest, s.Length);
        stream.Write(new NpyHeader(new(DType.String, longest), tensor.Shape, false).ToBytes());
        var padding = new byte[longest];
        foreach (var s in items)
        {
            stream.Write(s);
            stream.Write(padding.AsSpan(s.Length));
        }
    }
}
