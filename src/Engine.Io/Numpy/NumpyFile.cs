using System.IO.Compression;
using System.Text;
using Engine.Io.Files;
using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary><c>numpy.load</c>: .npy, .npz and pickles, told apart by their first bytes; and <c>numpy.save</c>.</summary>
internal static class NumpyFile
{
    private const long MaxRatio = 1040;

    /// <summary>Reads a file.</summary>
    /// <returns>An array, the arrays of an archive by name, or what a pickle holds.</returns>
    /// <exception cref="EngineException">NOT_FOUND, or what is wrong with the content.</exception>
    internal static object? Load(string path)
    {
        using var stream = FileErrors.OpenRead(path);
        Span<byte> start = stackalloc byte[6];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (count == 0)
            throw new PythonException("EOFError", "No data left in file");
        stream.Position = 0;
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return ReadArchive(stream, path);
        if (start.SequenceEqual((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
            return Read(stream, stream.Length, path);
        if (stream.Length > int.MaxValue - 64)
            throw PickleReader.Bad("pickles of 2 GB and more are not read");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return PickleReader.Read(bytes);
    }

    /// <summary>Saves an array: strings as a pickle of objects, and in Fortran order what was read so.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensor">The content.</param>
    /// <param name="array">The array that the tensor was made of, if it was fed.</param>
    internal static void Save(string path, Tensor tensor, NdArray? array) => MessageFile.WriteBytes(path, stream =>
    {
        var shape = tensor.Shape;
        // A single string comes out of a run as bytes, which numpy saves by their length.
        if (tensor.Type == DType.String && (shape.Rank > 0 || array is not null))
        {
            stream.Write(new NpyHeader(new(DType.String, 0, IsObject: true), shape, false).ToBytes());
            PickleWriter.Write(stream, array ?? TensorArrays.ToArray(tensor));
        }
        else if (array is { IsFortran: true, Count: > 0 } && array.Shape.Count(d => d > 1) > 1)
        {
            stream.Write(new NpyHeader(new(tensor.Type, tensor.Type.Size()), shape, true).ToBytes());
            using var turned = TensorArrays.ToTensor(Reordering.Transpose(array), tensor.Type);
            stream.Write(turned.Bytes());
        }
        else
        {
            NpyWriter.Write(stream, tensor);
        }
    });

    /// <summary>The elements behind a header.</summary>
    internal static NdArray ReadBody(Stream stream, NpyHeader header, long available, string name)
    {
        if (header.Element.IsObject)
        {
            var bytes = new byte[Math.Min(available, int.MaxValue - 64)];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var objects = PickleReader.Read(bytes[..count]) as NdArray ?? throw PickleReader.Bad($"{name} holds no array of objects");
            return objects.Reshape(header.Shape.Dims.ToArray());
        }
        using var tensor = NpyReader.ReadBody(stream, header, available, name);
        var array = TensorArrays.ToArray(tensor);
        if (tensor.Type != DType.String)
            return header.IsFortran && array.Rank > 1 ? NdArray.Of(array.Type, array.Shape, array.Data, isFortran: true) : array;
        return header.Element.IsText
            ? NdArray.Of(NumpyType.Text, array.Shape, Array.ConvertAll(array.Objects, o => (object?)Encoding.UTF8.GetString((byte[])o!)))
            : NdArray.Of(NumpyType.Bytes, array.Shape, array.Objects);
    }

    private static NdArray Read(Stream stream, long available, string name) => ReadBody(stream, NpyHeader.Read(stream, name), available, name);

    private static NumpyArchive ReadArchive(Stream stream, string path)
    {
        try
        {
            var arrays = new Dictionary<string, NdArray>();
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in archive.Entries)
            {
                using var content = new BufferedStream(entry.Open(), 1 << 16);
                var name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;
                arrays[name] = Read(content, Math.Min(entry.Length, entry.CompressedLength * MaxRatio + MaxRatio), $"{path}/{entry.FullName}");
            }
            return new(arrays);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException)
        {
            throw new PythonException("zipfile.BadZipFile", $"{path}: {e.Message}", e);
        }
    }
}
