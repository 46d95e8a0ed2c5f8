using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Engine.Ops.Lookups;

/// <summary>Byte strings by their contents. The hash is seeded anew in every process: nobody can choose keys that collide.</summary>
internal sealed class ByteStringComparer : IEqualityComparer<byte[]>
{
    internal static ByteStringComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] key)
        => string.GetHashCode(MemoryMarshal.Cast<byte, char>(key)) ^ ((key.Length & 1) == 0 ? 0 : (key[^1] + 1) * 0x01000193);
}
