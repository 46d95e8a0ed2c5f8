using System.IO.Compression;
using Engine.Io.Files;

namespace Engine.Io;

/// <summary>Reads numpy's .npz files: arrays by name, in a zip archive, compressed or not.</summary>
public sealed class NpzReader : IDisposable
{
    private const string Extension = ".npy";

    /// <summary>Deflate makes at most this many bytes of one.</summary>
    private const long MaxRatio = 1040;

    private readonly string file;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = [];

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND; DATA_LOSS when it is no archive.</exception>
    public NpzReader(string path) : this(FileErrors.OpenRead(path), path)
    {
    }

    /// <summary>Opens an archive in a stream, which must be able to seek and is disposed with the reader.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">A name for errors.</param>
    public NpzReader(Stream stream, string name = "(stream)")
    {
        file = name;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                if (entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
                    entries[entry.FullName[..^Extension.Length]] = entry;
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or EndOfStreamException)
        {
            stream.Dispose();
            throw new InvalidModelException(StatusCode.DataLoss, name, $"this is not an npz file: {e.Message}", inner: e);
        }
    }

    /// <summary>The names of the arrays, as stored.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>Reads an array. Not safe for threads.</summary>
    /// <exception cref="EngineException">NOT_FOUND; DATA_LOSS for damaged arrays; INVALID_ARGUMENT for types such as Python objects.</exception>
    public Tensor Read(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw new InvalidModelException(StatusCode.NotFound, file, $"there is no array '{name}'. There are: {string.Join(", ", entries.Keys)}.");
        try
        {
            using var stream = new BufferedStream(entry.Open(), 1 << 16);
            return NpyReader.Read(stream, Math.Min(entry.Length, entry.CompressedLength * MaxRatio + MaxRatio), $"{file}/{entry.FullName}");
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw new InvalidModelException(StatusCode.DataLoss, file, $"the array '{name}' is damaged: {e.Message}", inner: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => archive.Dispose();
}
