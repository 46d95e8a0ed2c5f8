namespace Engine.Ops.Datasets;

/// <summary>The seeds of each walk through a shuffled dataset: the same ones, or new ones drawn from them.</summary>
internal sealed class ShuffleSeeds
{
    private readonly Lock gate = new();
    private readonly (long, long) seeds;
    private readonly RandomSamples? drawn;

    /// <summary>Seeds to begin with; random ones when both are 0.</summary>
    internal ShuffleSeeds(long seed, long seed2, bool reshuffle)
    {
        seeds = seed == 0 && seed2 == 0 ? (Random.Shared.NextInt64(), Random.Shared.NextInt64()) : (seed, seed2);
        drawn = reshuffle ? new RandomSamples(seeds.Item1, seeds.Item2) : null;
    }

    /// <summary>The numbers for the next walk.</summary>
    internal RandomSamples Next()
    {
        lock (gate)
        {
            if (drawn is null)
                return new RandomSamples(seeds.Item1, seeds.Item2);
            var (first, second) = (drawn.Next(), drawn.Next());
            return new RandomSamples(first, second);
        }
    }
}
