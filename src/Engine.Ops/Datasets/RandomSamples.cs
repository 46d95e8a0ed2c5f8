using Engine.Ops.RandomNumbers;

namespace Engine.Ops.Datasets;

/// <summary>32-bit numbers one at a time from a <see cref="Philox"/> stream.</summary>
internal sealed class RandomSamples
{
    private readonly uint[] block = new uint[Philox.BlockLength];
    private Philox generator;
    private int used = Philox.BlockLength;

    /// <summary>The stream of two seeds; of random ones when both are 0.</summary>
    internal RandomSamples(long seed, long seed2) => generator = seed == 0 && seed2 == 0
        ? Philox.FromSeeds(Random.Shared.NextInt64(), Random.Shared.NextInt64())
        : Philox.FromSeeds(seed, seed2);

    /// <summary>The next number.</summary>
    internal uint Next()
    {
        if (used == block.Length)
        {
            generator.Next(block);
            used = 0;
        }
        return block[used++];
    }
}
