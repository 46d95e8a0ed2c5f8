using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Engine.Io.Tables;

/// <summary>
/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), by the processor's instruction where there is one. The instruction takes three cycles and can
/// start every cycle, so long inputs are read as three streams whose sums are then joined: appending n zero bytes to a message is a linear map of its CRC.
/// </summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;
    private const uint MaskDelta = 0xA282EAD8;
    private const int LongStream = 8192;
    private const int ShortStream = 256;

    /// <summary>Bytes of the pieces whose CRCs can be joined.</summary>
    internal const int Piece = 1 << 20;

    private static readonly bool HasInstruction = Sse42.X64.IsSupported || System.Runtime.Intrinsics.Arm.Crc32.Arm64.IsSupported;

    /// <summary>The CRC of bytes.</summary>
    internal static uint Compute(ReadOnlySpan<byte> bytes) => Extend(0, bytes);

    /// <summary>The CRC of a + b from that of a.</summary>
    internal static uint Extend(uint crc, ReadOnlySpan<byte> bytes) => ~(HasInstruction ? ByInstruction(~crc, bytes) : ByTable(~crc, bytes));

    /// <summary>The CRC of a + b from that of a, for memory of any length.</summary>
    internal static unsafe uint Extend(uint crc, byte* bytes, long length)
    {
        for (; length > 0; bytes += 1 << 30, length -= 1 << 30)
            crc = Extend(crc, new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, 1 << 30)));
        return crc;
    }

    /// <summary>The CRC of a + b from those of a and b, where b has <see cref="Piece"/> bytes.</summary>
    internal static uint AppendPiece(uint crc, uint piece) => Append(Zeros.Piece, crc) ^ piece;

    /// <summary>What files store: a CRC of data that holds CRCs would be weak, so these are rotated and offset.</summary>
    internal static uint Mask(uint crc) => ((crc >> 15) | (crc << 17)) + MaskDelta;

    /// <summary>The CRC that <see cref="Mask"/> hides.</summary>
    internal static uint Unmask(uint masked)
    {
        var rotated = masked - MaskDelta;
        return (rotated >> 17) | (rotated << 15);
    }

    /// <summary>One byte at a time in tables of eight, for processors without the instruction.</summary>
    internal static uint ByTable(uint state, ReadOnlySpan<byte> bytes)
    {
        var t = SliceTables.Value;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = t[7][low & 255] ^ t[6][(low >> 8) & 255] ^ t[5][(low >> 16) & 255] ^ t[4][low >> 24]
                ^ t[3][high & 255] ^ t[2][(high >> 8) & 255] ^ t[1][(high >> 16) & 255] ^ t[0][high >> 24];
        }
        foreach (var b in bytes)
            state = (state >> 8) ^ t[0][(byte)(state ^ b)];
        return state;
    }

    private static uint ByInstruction(uint state, ReadOnlySpan<byte> bytes)
    {
        bytes = ThreeStreams(ref state, bytes, LongStream);
        bytes = ThreeStreams(ref state, bytes, ShortStream);
        ulong wide = state;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            wide = Step(wide, word);
        state = (uint)wide;
        foreach (var b in bytes[(bytes.Length & ~7)..])
            state = Sse42.IsSupported ? Sse42.Crc32(state, b) : System.Runtime.Intrinsics.Arm.Crc32.ComputeCrc32C(state, b);
        return state;
    }

    // Optimized at once: a checkpoint is often read in the first moments of a process.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<byte> ThreeStreams(scoped ref uint state, ReadOnlySpan<byte> bytes, int stream)
    {
        if (bytes.Length < 3 * stream)
            return bytes;
        var append = stream == LongStream ? Zeros.Long : Zeros.Short;
        do
        {
            ulong a = state;
            var b = 0UL;
            var c = 0UL;
            ref var at = ref MemoryMarshal.GetReference(bytes);
            for (var i = 0; i < stream; i += 8)
            {
                a = Step(a, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, i)));
                b = Step(b, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, stream + i)));
                c = Step(c, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, 2 * stream + i)));
            }
            state = Append(append, Append(append, (uint)a) ^ (uint)b) ^ (uint)c;
            bytes = bytes[(3 * stream)..];
        }
        while (bytes.Length >= 3 * stream);
        return bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong state, ulong word) => Sse42.X64.IsSupported
        ? Sse42.X64.Crc32(state, word)
        : System.Runtime.Intrinsics.Arm.Crc32.Arm64.ComputeCrc32C((uint)state, word);

    private static uint Append(uint[][] zeros, uint state)
        => zeros[0][state & 255] ^ zeros[1][(state >> 8) & 255] ^ zeros[2][(state >> 16) & 255] ^ zeros[3][state >> 24];

    private static class SliceTables
    {
        internal static readonly uint[][] Value = Make();

        private static uint[][] Make()
        {
            var tables = new uint[8][];
            for (var k = 0; k < 8; k++)
                tables[k] = new uint[256];
            for (var i = 0u; i < 256; i++)
            {
                var c = i;
                for (var bit = 0; bit < 8; bit++)
                    c = (c & 1) != 0 ? (c >> 1) ^ Polynomial : c >> 1;
                tables[0][i] = c;
            }
            for (var k = 1; k < 8; k++)
            {
                for (var i = 0; i < 256; i++)
                    tables[k][i] = (tables[k - 1][i] >> 8) ^ tables[0][(byte)tables[k - 1][i]];
            }
            return tables;
        }
    }

    /// <summary>The maps that append zero bytes, per byte of the state.</summary>
    private static class Zeros
    {
        internal static readonly uint[][] Long = Make(LongStream);
        internal static readonly uint[][] Short = Make(ShortStream);
        internal static readonly uint[][] Piece = Make(Crc32C.Piece);

        private static uint[][] Make(int bytes)
        {
            // The image of each single bit, by squaring the map of one zero bit; bytes is a power of two.
            var map = new uint[32];
            map[0] = Polynomial;
            for (var i = 1; i < 32; i++)
                map[i] = 1u << (i - 1);
            for (var bits = 1; bits < 8 * bytes; bits *= 2)
                map = [.. map.Select(image => Apply(map, image))];
            var tables = new uint[4][];
            for (var k = 0; k < 4; k++)
            {
                tables[k] = new uint[256];
                for (var i = 0u; i < 256; i++)
                    tables[k][i] = Apply(map, i << (8 * k));
            }
            return tables;
        }

        private static uint Apply(uint[] map, uint value)
        {
            var image = 0u;
            for (var i = 0; value != 0; i++, value >>= 1)
            {
                if ((value & 1) != 0)
                    image ^= map[i];
            }
            return image;
        }
    }
}
