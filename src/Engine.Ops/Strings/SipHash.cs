using System.Buffers.Binary;
using System.Numerics;

namespace Engine.Ops.Strings;

/// <summary>SipHash-2-4: a keyed hash that others cannot steer.</summary>
internal static class SipHash
{
    /// <summary>The hash of some bytes under a key.</summary>
    internal static ulong Of(ReadOnlySpan<byte> data, ulong key0, ulong key1)
    {
        var v0 = key0 ^ 0x736F6D6570736575;
        var v1 = key1 ^ 0x646F72616E646F6D;
        var v2 = key0 ^ 0x6C7967656E657261;
        var v3 = key1 ^ 0x7465646279746573;
        var length = (ulong)data.Length << 56;
        for (; data.Length >= 8; data = data[8..])
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(data));
        for (var i = 0; i < data.Length; i++)
            length |= (ulong)data[i] << (8 * i);
        Absorb(length);
        v2 ^= 0xFF;
        for (var i = 0; i < 4; i++)
            Round();
        return v0 ^ v1 ^ v2 ^ v3;

        void Absorb(ulong word)
        {
            v3 ^= word;
            Round();
            Round();
            v0 ^= word;
        }

        void Round()
        {
            v0 += v1;
            v2 += v3;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 = BitOperations.RotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
