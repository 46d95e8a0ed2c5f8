using System.Buffers.Binary;
using Engine.Io.Files;
using Engine.Io.Tables;

namespace Engine.Io.Records;

/// <summary>Writes a TFRecord file, record after record. For one thread at a time.</summary>
public sealed class TFRecordWriter : IDisposable
{
    private const int HeaderLength = 12, FooterLength = 4;

    private readonly string path;
    private readonly Stream stream;

    /// <summary>Makes a file; one that is there is replaced.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compression">How to compress the whole file.</param>
    /// <exception cref="InvalidModelException">NOT_FOUND when the folder is missing, PERMISSION_DENIED, RESOURCE_EXHAUSTED when the disk is full.</exception>
    public TFRecordWriter(string path, RecordCompression compression = RecordCompression.None)
    {
        this.path = path;
        try
        {
            stream = RecordStreams.Compress(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16), compression);
        }
        catch (Exception e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>Writes a record.</summary>
    /// <exception cref="InvalidModelException">RESOURCE_EXHAUSTED when the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt64LittleEndian(header, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Crc32C.Mask(Crc32C.Compute(header[..8])));
        Span<byte> footer = stackalloc byte[FooterLength];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Crc32C.Mask(Crc32C.Compute(record)));
        try
        {
            stream.Write(header);
            stream.Write(record);
            stream.Write(footer);
        }
        catch (IOException e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>Hands everything written so far to the operating system.</summary>
    public void Flush()
    {
        try
        {
            stream.Flush();
        }
        catch (IOException e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }

    /// <summary>Completes the file.</summary>
    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException e) when (FileErrors.Convert(e, path) is { } converted)
        {
            throw converted;
        }
    }
}
