namespace Engine.Ops.Datasets;

/// <summary>32-bit numbers one at a time from a Philox 4x32 stream with 10 rounds.</summary>
internal sealed class RandomSamples
{
    private readonly uint[] block = new uint[4];
    private readonly ulong key;
    private readonly ulong high;
    private ulong low;
    private int used = 4;

    /// <summary>The stream of two seeds; of random ones when both are 0.</summary>
    internal RandomSamples(long seed, long seed2)
    {
        (key, high) = ((ulong)seed, (ulong)seed2);
        if (seed == 0 && seed2 == 0)
            (key, high) = ((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64());
    }

    /// <summary>The next number.</summary>
    internal uint Next()
    {
        if (used == block.Length)
        {
            MakeBlock();
            used = 0;
            low++;
        }
        return block[used++];
    }

    private void MakeBlock()
    {
        var (c0, c1, c2, c3) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < 10; round++)
        {
            var (a, b) = ((ulong)c0 * 0xD2511F53, (ulong)c2 * 0xCD9E8D57);
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        (block[0], block[1], block[2], block[3]) = (c0, c1, c2, c3);
    }
}
