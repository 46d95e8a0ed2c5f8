using System.Buffers.Binary;

namespace Engine.Ops.Strings;

/// <summary>TensorFlow's <c>Hash64</c>: MurmurHash64A with a fixed seed.</summary>
internal static class Hash64
{
    private const ulong Seed = 0xDECAFCAFFE;
    private const ulong Multiplier = 0xC6A4A7935BD1E995;

    /// <summary>The hash of some bytes.</summary>
    internal static ulong Of(ReadOnlySpan<byte> data)
    {
        var h = Seed ^ ((ulong)data.Length * Multiplier);
        while (data.Length >= 8)
        {
            var k = BinaryPrimitives.ReadUInt64LittleEndian(data) * Multiplier;
            k = (k ^ (k >> 47)) * Multiplier;
            h = (h ^ k) * Multiplier;
            data = data[8..];
        }
        if (data.Length > 0)
        {
            for (var i = 0; i < data.Length; i++)
                h ^= (ulong)data[i] << (8 * i);
            h *= Multiplier;
        }
        h = (h ^ (h >> 47)) * Multiplier;
        return h ^ (h >> 47);
    }
}
