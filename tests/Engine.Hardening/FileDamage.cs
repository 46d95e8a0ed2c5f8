using System.Buffers.Binary;
using Engine.Io.Tables;

namespace Engine.Hardening;

/// <summary>Damages one file of a folder. Half of the damage to tables gets the right checksums again, so that what lies behind them is tried too.</summary>
internal static class FileDamage
{
    private static readonly byte[] Interesting = [0, 1, 0x7f, 0x80, 0xff, 0xfe, 8, 0x12];

    internal static string Do(Random random, string folder)
    {
        var files = Directory.GetFiles(folder).Where(f => !f.EndsWith(".meta", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        var path = files[random.Next(files.Length)];
        var bytes = File.ReadAllBytes(path);
        var blocks = Blocks(bytes);
        var done = "";
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            (bytes, var what) = Damage(random, bytes);
            done += " " + what;
        }
        if (blocks.Count > 0 && random.Next(2) == 0)
        {
            Mend(bytes, blocks);
            done += " mended";
        }
        File.WriteAllBytes(path, bytes);
        return Path.GetFileName(path) + done;
    }

    private static (byte[] Bytes, string What) Damage(Random random, byte[] bytes)
    {
        if (bytes.Length == 0)
            return ([(byte)random.Next(256)], "filled");
        var at = random.Next(bytes.Length);
        var length = Math.Min(bytes.Length - at, 1 << random.Next(8));
        switch (random.Next(9))
        {
            case 0:
                return (bytes[..at], $"cut at {at}");
            case 1:
                return ([.. bytes[..at], .. bytes[(at + length)..]], $"lost {length} at {at}");
            case 2:
                return ([.. bytes[..(at + length)], .. bytes[at..]], $"doubled {length} at {at}");
            case 3:
                random.NextBytes(bytes.AsSpan(at, length));
                return (bytes, $"random {length} at {at}");
            case 4:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return (bytes, $"flipped a bit at {at}");
            case 5:
                bytes.AsSpan(at, length).Fill(0xff);
                return (bytes, $"set {length} at {at}");
            case 6:
                bytes.AsSpan(random.Next(bytes.Length - length + 1), length).ToArray().CopyTo(bytes, at);
                return (bytes, $"copied {length} to {at}");
            default:
                bytes[at] = Interesting[random.Next(Interesting.Length)];
                return (bytes, $"changed {at}");
        }
    }

    // The blocks of a whole table, with their trailers.
    private static List<(int Offset, int Size)> Blocks(byte[] bytes)
    {
        var blocks = new List<(int, int)>();
        if (bytes.Length < Footer.Size || BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8)) != Footer.Magic)
            return blocks;
        var handles = (ReadOnlySpan<byte>)bytes.AsSpan(bytes.Length - Footer.Size, Footer.Size - 8);
        if (!BlockHandle.TryRead(ref handles, out _) || !BlockHandle.TryRead(ref handles, out var index)
            || index.Size > (ulong)bytes.Length || index.Offset > (ulong)bytes.Length - index.Size)
            return blocks;
        blocks.Add(((int)index.Offset, (int)index.Size));
        if (Block.TryParse(bytes.AsSpan((int)index.Offset, (int)index.Size).ToArray(), (int)index.Size) is not { } block || bytes[index.Offset + index.Size] != 0)
            return blocks;
        var cursor = block.Begin();
        while (cursor.MoveNext())
        {
            var value = cursor.Value.Span;
            if (BlockHandle.TryRead(ref value, out var handle) && handle.Offset < (ulong)bytes.Length && handle.Size < (ulong)bytes.Length)
                blocks.Add(((int)handle.Offset, (int)handle.Size));
        }
        return blocks;
    }

    private static void Mend(byte[] bytes, List<(int Offset, int Size)> blocks)
    {
        foreach (var (offset, size) in blocks)
        {
            if (offset + size + BlockHandle.TrailerSize <= bytes.Length)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset + size + 1), Crc32C.Mask(Crc32C.Compute(bytes.AsSpan(offset, size + 1))));
        }
    }
}
