using Engine.Io.Files;
using Engine.Io.Tables;
using Engine.Runtime;

namespace Engine.Io.Checkpoints;

/// <summary>
/// The CRC of a part of a data file. All but small parts are read through a buffer that stays in the processor's cache: to map in a page costs more than to
/// copy it, and a tensor that is only checked takes no memory.
/// </summary>
internal static class ShardChecksum
{
    private const int Buffer = 1 << 17;
    private const int ReadFrom = 1 << 16;

    [ThreadStatic]
    private static byte[]? t_buffer;

    /// <summary>The CRC of bytes that are in the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="workers">Who takes part when they are many, or null.</param>
    internal static unsafe uint Compute(MappedFile file, long offset, long length, WorkerTeam? workers)
    {
        if (length < ReadFrom)
            return Crc32C.Extend(0, (byte*)file.Address + offset, length);
        var pieces = length / Crc32C.Piece;
        if (workers is null || workers.Threads == 1 || pieces < 2)
            return Read(0, file, offset, length);
        var sums = new uint[pieces];
        var body = new PieceSums(file, offset, sums);
        workers.Run(pieces, Crc32C.Piece / 2, ref body);
        var crc = 0u;
        foreach (var sum in sums)
            crc = Crc32C.AppendPiece(crc, sum);
        return Read(crc, file, offset + pieces * Crc32C.Piece, length - pieces * Crc32C.Piece);
    }

    private static uint Read(uint crc, MappedFile file, long offset, long length)
    {
        var buffer = t_buffer ??= GC.AllocateUninitializedArray<byte>(Buffer);
        while (length > 0)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(Buffer, length));
            file.Read(bytes, offset);
            crc = Crc32C.Extend(crc, bytes);
            offset += bytes.Length;
            length -= bytes.Length;
        }
        return crc;
    }

    private readonly struct PieceSums(MappedFile file, long offset, uint[] sums) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            for (var i = start; i < end; i++)
                sums[i] = Read(0, file, offset + i * Crc32C.Piece, Crc32C.Piece);
        }
    }
}
