using System.Buffers.Binary;
using System.Numerics;

namespace Engine.Ops.Strings;

/// <summary>FarmHash's <c>Fingerprint64</c> (the "na" variant), which never changes: hash buckets in saved models depend on it.</summary>
internal static class FarmHash
{
    private const ulong K0 = 0xC3A5C85C97CB3127;
    private const ulong K1 = 0xB492B66FBE98F273;
    private const ulong K2 = 0x9AE16A3B2F90404F;

    /// <summary>The fingerprint of some bytes.</summary>
    internal static ulong Fingerprint64(ReadOnlySpan<byte> s) => s.Length switch
    {
        <= 16 => Short(s),
        <= 32 => Medium(s),
        <= 64 => Long(s),
        _ => Blocks(s),
    };

    private static ulong Fetch64(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);

    private static ulong Fetch32(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);

    private static ulong Rotate(ulong v, int shift) => BitOperations.RotateRight(v, shift);

    private static ulong ShiftMix(ulong v) => v ^ (v >> 47);

    private static ulong Mix(ulong u, ulong v, ulong multiplier)
    {
        var a = ShiftMix((u ^ v) * multiplier);
        return ShiftMix((v ^ a) * multiplier) * multiplier;
    }

    private static ulong Short(ReadOnlySpan<byte> s)
    {
        var n = s.Length;
        if (n >= 8)
        {
            var multiplier = K2 + (ulong)n * 2;
            var a = Fetch64(s, 0) + K2;
            var b = Fetch64(s, n - 8);
            var c = Rotate(b, 37) * multiplier + a;
            var d = (Rotate(a, 25) + b) * multiplier;
            return Mix(c, d, multiplier);
        }
        if (n >= 4)
            return Mix((ulong)n + (Fetch32(s, 0) << 3), Fetch32(s, n - 4), K2 + (ulong)n * 2);
        if (n == 0)
            return K2;
        var y = s[0] + ((uint)s[n >> 1] << 8);
        var z = (uint)n + ((uint)s[n - 1] << 2);
        return ShiftMix(y * K2 ^ z * K0) * K2;
    }

    private static ulong Medium(ReadOnlySpan<byte> s)
    {
        var n = s.Length;
        var multiplier = K2 + (ulong)n * 2;
        var a = Fetch64(s, 0) * K1;
        var b = Fetch64(s, 8);
        var c = Fetch64(s, n - 8) * multiplier;
        var d = Fetch64(s, n - 16) * K2;
        return Mix(Rotate(a + b, 43) + Rotate(c, 30) + d, a + Rotate(b + K2, 18) + c, multiplier);
    }

    private static ulong Long(ReadOnlySpan<byte> s)
    {
        var n = s.Length;
        var multiplier = K2 + (ulong)n * 2;
        var a = Fetch64(s, 0) * K2;
        var b = Fetch64(s, 8);
        var c = Fetch64(s, n - 8) * multiplier;
        var d = Fetch64(s, n - 16) * K2;
        var y = Rotate(a + b, 43) + Rotate(c, 30) + d;
        var z = Mix(y, a + Rotate(b + K2, 18) + c, multiplier);
        var e = Fetch64(s, 16) * multiplier;
        var f = Fetch64(s, 24);
        var g = (y + Fetch64(s, n - 32)) * multiplier;
        var h = (z + Fetch64(s, n - 24)) * multiplier;
        return Mix(Rotate(e + f, 43) + Rotate(g, 30) + h, e + Rotate(f + a, 18) + g, multiplier);
    }

    private static ulong Blocks(ReadOnlySpan<byte> s)
    {
        const ulong Seed = 81;
        var x = Seed;
        var y = unchecked(Seed * K1 + 113);
        var z = ShiftMix(y * K2 + 113) * K2;
        var v = (First: 0UL, Second: 0UL);
        var w = (First: 0UL, Second: 0UL);
        x = x * K2 + Fetch64(s, 0);
        var end = (s.Length - 1) / 64 * 64;
        for (var at = 0; at < end; at += 64)
        {
            x = Rotate(x + y + v.First + Fetch64(s, at + 8), 37) * K1;
            y = Rotate(y + v.Second + Fetch64(s, at + 48), 42) * K1;
            x ^= w.Second;
            y += v.First + Fetch64(s, at + 40);
            z = Rotate(z + w.First, 33) * K1;
            v = WeakHash(s, at, v.Second * K1, x + w.First);
            w = WeakHash(s, at + 32, z + w.Second, y + Fetch64(s, at + 16));
            (z, x) = (x, z);
        }
        var multiplier = K1 + ((z & 0xFF) << 1);
        // The last 64 bytes, which may overlap the last block.
        var last = s.Length - 64;
        w.First += (ulong)((s.Length - 1) & 63);
        v.First += w.First;
        w.First += v.First;
        x = Rotate(x + y + v.First + Fetch64(s, last + 8), 37) * multiplier;
        y = Rotate(y + v.Second + Fetch64(s, last + 48), 42) * multiplier;
        x ^= w.Second * 9;
        y += v.First * 9 + Fetch64(s, last + 40);
        z = Rotate(z + w.First, 33) * multiplier;
        v = WeakHash(s, last, v.Second * multiplier, x + w.First);
        w = WeakHash(s, last + 32, z + w.Second, y + Fetch64(s, last + 16));
        (z, x) = (x, z);
        return Mix(Mix(v.First, w.First, multiplier) + ShiftMix(y) * K0 + z, Mix(v.Second, w.Second, multiplier) + x, multiplier);
    }

    private static (ulong First, ulong Second) WeakHash(ReadOnlySpan<byte> s, int at, ulong a, ulong b)
    {
        a += Fetch64(s, at);
        b = Rotate(b + a + Fetch64(s, at + 24), 21);
        var c = a;
        a += Fetch64(s, at + 8) + Fetch64(s, at + 16);
        b += Rotate(a, 44);
        return (a + Fetch64(s, at + 24), b + c);
    }
}
