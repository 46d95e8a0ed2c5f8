using System.IO.Compression;
using Engine.Io.Files;

namespace Engine.Io.Records;

/// <summary>Files that may be compressed as a whole, as streams of what is in them.</summary>
internal static class RecordStreams
{
    /// <summary>The compression of TensorFlow's name for it; an unknown name means none, as in TensorFlow.</summary>
    internal static RecordCompression Named(string name) => name switch { "ZLIB" => RecordCompression.Zlib, "GZIP" => RecordCompression.Gzip, _ => RecordCompression.None };

    /// <summary>Opens a file for reading from front to back.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND, FAILED_PRECONDITION for a folder, PERMISSION_DENIED. Reading may say DATA_LOSS.</exception>
    internal static Stream OpenRead(string path, RecordCompression compression)
    {
        var file = FileErrors.OpenRead(path);
        return compression switch
        {
            RecordCompression.Zlib => new InflatedStream(new ZLibStream(file, CompressionMode.Decompress), file, path),
            RecordCompression.Gzip => new InflatedStream(new GZipStream(file, CompressionMode.Decompress), file, path),
            _ => file,
        };
    }

    /// <summary>A stream that compresses what is written to another one.</summary>
    internal static Stream Compress(Stream target, RecordCompression compression) => compression switch
    {
        RecordCompression.Zlib => new ZLibStream(target, CompressionLevel.Optimal),
        RecordCompression.Gzip => new GZipStream(target, CompressionLevel.Optimal),
        _ => target,
    };
}
