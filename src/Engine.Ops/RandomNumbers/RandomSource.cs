using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>Where a random op has its generator from.</summary>
internal abstract class RandomSource
{
    /// <summary>Blocks that ops with a state put aside for each number they make: enough for distributions that reject.</summary>
    internal const uint BlocksPerNumber = 256;

    /// <summary>The attributes seed and seed2, with a stream that goes on from run to run.</summary>
    internal static RandomSource Seeded(KernelBuilder node) => new SeededSource(PhiloxStream.Of(node));

    /// <summary>An input of two seeds.</summary>
    internal static RandomSource SeedInput(int input) => new SeedInputSource(input);

    /// <summary>Inputs key, counter and algorithm, one after the other.</summary>
    internal static RandomSource KeyCounter(int keyInput) => new KeyCounterSource(keyInput);

    /// <summary>A generator's variable as input 0, and perhaps the algorithm as input 1.</summary>
    internal static RandomSource Generator(bool algorithmInState = false) => new GeneratorSource(algorithmInState);

    /// <summary>The generator for an op that makes a count of numbers, each from at most the given number of blocks.</summary>
    internal abstract Philox Take(KernelContext context, UInt128 blocks);

    private sealed class SeededSource(PhiloxStream stream) : RandomSource
    {
        internal override Philox Take(KernelContext context, UInt128 blocks) => stream.Reserve(blocks);
    }

    private sealed class SeedInputSource(int input) : RandomSource
    {
        internal override Philox Take(KernelContext context, UInt128 blocks) => Seeds.Read(context.Input(input));
    }

    private sealed class KeyCounterSource(int keyInput) : RandomSource
    {
        internal override Philox Take(KernelContext context, UInt128 blocks)
        {
            Tensor key = context.Input(keyInput), counter = context.Input(keyInput + 1), algorithm = context.Input(keyInput + 2);
            if (algorithm.Rank != 0)
                throw EngineException.InvalidArgument($"algorithm must be of shape [], not {algorithm.Shape}");
            RandomAlgorithm.Check(algorithm.Item<int>(), stateless: true);
            if (key.Rank != 1 || key.Count != 1)
                throw EngineException.InvalidArgument($"key must have shape [1], not {key.Shape}.");
            if (counter.Rank != 1 || counter.Count < 2)
                throw EngineException.InvalidArgument($"counter must be a vector of at least 2 elements, not of shape {counter.Shape}.");
            ReadOnlySpan<ulong> words = counter.AsSpan<ulong>();
            return new(key.Item<ulong>(), new UInt128(words[1], words[0]));
        }
    }

    private sealed class GeneratorSource(bool algorithmInState) : RandomSource
    {
        internal override Philox Take(KernelContext context, UInt128 blocks)
        {
            if (!algorithmInState)
            {
                Tensor algorithm = context.Input(1);
                if (algorithm.Rank != 0)
                    throw EngineException.InvalidArgument($"algorithm must be of shape [], not {algorithm.Shape}");
                RandomAlgorithm.Check(algorithm.Item<long>());
            }
            return GeneratorState.Advance(context, (ulong)blocks, algorithmInState);
        }
    }
}
