using System.Runtime.CompilerServices;

namespace Engine.Ops.RandomNumbers;

/// <summary>
/// The counter-based generator Philox 4x32-10 (Salmon and others, "Parallel random numbers: as easy as 1, 2, 3"): block after block of four words, each a
/// function of key and counter alone, so that any block can be had without those before it.
/// </summary>
internal struct Philox
{
    /// <summary>Words of a block.</summary>
    internal const int BlockLength = 4;

    private UInt128 counter;
    private readonly ulong key;

    internal Philox(ulong key, UInt128 counter)
    {
        this.key = key;
        this.counter = counter;
    }

    /// <summary>The key.</summary>
    internal readonly ulong Key => key;

    /// <summary>The number of the next block.</summary>
    internal readonly UInt128 Counter => counter;

    /// <summary>The generator of a seeded op: the second seed is the upper half of the counter.</summary>
    internal static Philox FromSeeds(long seed, long seed2) => new((ulong)seed, new UInt128((ulong)seed2, 0));

    /// <summary>The generator of a stateless op. The seeds are scrambled first: users put all their entropy into a few low bits.</summary>
    internal static Philox FromScrambled(long seed, long seed2)
    {
        var mixer = new Philox(0x02461e29_3ec8f720, new UInt128((ulong)seed2, (ulong)seed));
        mixer.Next(out uint a, out uint b, out uint c, out uint d);
        return new(((ulong)b << 32) | a, new UInt128(((ulong)d << 32) | c, 0));
    }

    /// <summary>Moves on by a number of blocks.</summary>
    internal void Skip(UInt128 blocks) => counter += blocks;

    /// <summary>
    /// Moves on as TensorFlow does when a generator is skipped: the carry is lost where it makes the upper half of the count overflow.
    /// </summary>
    internal void SkipHalves(ulong blocks)
    {
        uint low = (uint)blocks, high = (uint)(blocks >> 32);
        uint c0 = (uint)counter + low;
        if (c0 < low)
            high++;
        uint c1 = (uint)((ulong)counter >> 32) + high;
        ulong upper = (ulong)(counter >> 64);
        if (c1 < high)
            upper++;
        counter = new UInt128(upper, ((ulong)c1 << 32) | c0);
    }

    /// <summary>The generator some blocks further on.</summary>
    internal readonly Philox At(UInt128 blocks) => new(key, counter + blocks);

    /// <summary>The next block.</summary>
    internal void Next(Span<uint> block)
    {
        Next(out uint a, out uint b, out uint c, out uint d);
        block[0] = a;
        block[1] = b;
        block[2] = c;
        block[3] = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Next(out uint a, out uint b, out uint c, out uint d)
    {
        ulong low = (ulong)counter, high = (ulong)(counter >> 64);
        counter++;
        a = (uint)low;
        b = (uint)(low >> 32);
        c = (uint)high;
        d = (uint)(high >> 32);
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong x = (ulong)a * 0xD2511F53, y = (ulong)c * 0xCD9E8D57;
            a = (uint)(y >> 32) ^ b ^ key0;
            b = (uint)y;
            c = (uint)(x >> 32) ^ d ^ key1;
            d = (uint)x;
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
    }
}
