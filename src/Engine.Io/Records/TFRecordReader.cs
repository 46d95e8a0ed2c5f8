using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Engine.Io.Tables;

namespace Engine.Io.Records;

/// <summary>
/// Reads a TFRecord file: records one after the other, each with its length and the checksums of both. A file that ends in the twelve bytes before a
/// record's data ends cleanly there, as for TensorFlow. For one thread at a time.
/// </summary>
public sealed class TFRecordReader : IDisposable
{
    private const int HeaderLength = 12, FooterLength = 4;

    private readonly RecordInput input;
    private readonly string path;
    private readonly bool skipDamage;
    private InvalidModelException? failure;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="compression">How the whole file is compressed.</param>
    /// <param name="skipDamage">Whether reading goes on behind damage, at the next place that is a record by its checksums, rather than fail.</param>
    /// <exception cref="InvalidModelException">NOT_FOUND, FAILED_PRECONDITION for a folder, PERMISSION_DENIED.</exception>
    public TFRecordReader(string path, RecordCompression compression = RecordCompression.None, bool skipDamage = false)
    {
        this.path = path;
        this.skipDamage = skipDamage;
        input = new RecordInput(path, compression);
    }

    /// <summary>Where the next record begins, in bytes of the file as it is when decompressed.</summary>
    public long Offset => input.Position;

    /// <summary>How many bytes were passed because they belong to no undamaged record.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Passes what comes before an offset, which must be that of a record.</summary>
    /// <exception cref="EngineException">OUT_OF_RANGE when the file ends before it.</exception>
    internal void SkipTo(long offset)
    {
        while (Offset < offset)
        {
            var step = (int)Math.Min(offset - Offset, input.LookAhead(1));
            if (step == 0)
                throw EngineException.OutOfRange($"{path} ends before offset {offset}");
            input.Skip(step);
        }
    }

    /// <summary>All records of a file.</summary>
    /// <inheritdoc cref="TFRecordReader(string, RecordCompression, bool)"/>
    public static IEnumerable<byte[]> ReadAll(string path, RecordCompression compression = RecordCompression.None, bool skipDamage = false)
    {
        using var reader = new TFRecordReader(path, compression, skipDamage);
        while (reader.TryRead(out var record))
            yield return record;
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidModelException">DATA_LOSS, with the offset, for a record that is damaged or cut; so then for every later call.</exception>
    public bool TryRead([NotNullWhen(true)] out byte[]? record)
    {
        if (failure is not null)
            throw failure;
        try
        {
            return skipDamage ? TryReadUndamaged(out record) : TryReadNext(out record);
        }
        catch (InvalidModelException e)
        {
            failure = e;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => input.Dispose();

    private bool TryReadNext([NotNullWhen(true)] out byte[]? record)
    {
        record = null;
        var offset = Offset;
        if (input.LookAhead(HeaderLength) < HeaderLength)
            return false;
        if (ReadLength() is not { } length)
            throw Damage($"corrupted record at {offset}{(offset == 0 ? " (Is this even a TFRecord file?)" : "")}", offset);
        if (length > ulong.MaxValue - FooterLength)
            throw Damage("record size too large", offset);
        record = TakeRecord(length, out var isWhole) ?? throw Damage($"truncated record at {offset}", offset);
        return isWhole ? true : throw Damage($"corrupted record at {offset + HeaderLength}", offset + HeaderLength);
    }

    private bool TryReadUndamaged([NotNullWhen(true)] out byte[]? record)
    {
        record = null;
        while (input.LookAhead(HeaderLength) >= HeaderLength)
        {
            if (ReadLength() is { } length && length <= (ulong)Math.Max(0, input.Remaining - HeaderLength - FooterLength))
            {
                // A length that its checksum confirms says where the next record begins, also when this one's data is damaged.
                var start = Offset;
                record = TakeRecord(length, out var isWhole);
                if (record is not null && isWhole)
                    return true;
                SkippedBytes += Offset - start;
                continue;
            }
            input.Skip(1);
            SkippedBytes++;
        }
        var rest = input.Ahead.Length;
        SkippedBytes += rest;
        input.Skip(rest);
        return false;
    }

    private ulong? ReadLength()
    {
        var header = input.Ahead[..HeaderLength];
        return Crc32C.Mask(Crc32C.Compute(header[..8])) == BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) ? BinaryPrimitives.ReadUInt64LittleEndian(header) : null;
    }

    // Null for data that ends early; isWhole tells whether the checksum is right.
    private byte[]? TakeRecord(ulong length, out bool isWhole)
    {
        isWhole = false;
        if (length > (ulong)Array.MaxLength || (long)length > input.Remaining - HeaderLength - FooterLength)
            return null;
        input.Skip(HeaderLength);
        if (input.Take((long)length) is not { } record || input.LookAhead(FooterLength) < FooterLength)
            return null;
        isWhole = Crc32C.Mask(Crc32C.Compute(record)) == BinaryPrimitives.ReadUInt32LittleEndian(input.Ahead);
        input.Skip(FooterLength);
        return record;
    }

    private InvalidModelException Damage(string what, long offset) => new(StatusCode.DataLoss, path, what, offset);
}
