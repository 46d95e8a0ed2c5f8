using System.IO.Compression;
using Engine.Io.Files;

namespace Engine.Io;

/// <summary>Writes numpy's .npz files.</summary>
public static class NpzWriter
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="arrays">Arrays by name.</param>
    /// <param name="compress">Whether the arrays are compressed.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for resources and variants; NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false)
        => MessageFile.WriteBytes(path, stream => Write(stream, arrays, compress));

    /// <summary>Writes an archive to a stream, which stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="arrays">Arrays by name.</param>
    /// <param name="compress">Whether the arrays are compressed.</param>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> arrays, bool compress = false)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, tensor) in arrays)
        {
            using var entry = archive.CreateEntry(name + ".npy", compress ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
            NpyWriter.Write(entry, tensor);
        }
    }
}
