using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>The variable of a generator: the two halves of the counter and the key as int64, in the old form after the algorithm's number.</summary>
internal static class GeneratorState
{
    internal const int Length = 3;

    /// <summary>The generator in the variable of input 0, which moves on by a number of blocks.</summary>
    /// <exception cref="EngineException">NOT_FOUND for an uninitialised variable, INVALID_ARGUMENT for one that is no generator's.</exception>
    internal static Philox Advance(KernelContext context, ulong blocks, bool withAlgorithm = false)
    {
        Variable variable = context.Resource<Variable>(0);
        lock (variable.Gate)
        {
            if (variable.Value is not { } value)
                throw EngineException.NotFound($"Resource {context.Handle(0)} has no value.");
            int first = withAlgorithm ? 1 : 0;
            if (value.Type != DType.Int64)
                throw EngineException.InvalidArgument($"dtype of RNG state variable must be int64, not {value.Type.Name()}");
            if (value.Rank != 1)
                throw EngineException.InvalidArgument($"RNG state must have one and only one dimension, not {value.Rank}");
            if (value.Count < first + Length)
                throw EngineException.InvalidArgument($"For the Philox algorithm, the size of state must be at least {first + Length}; got {value.Count}");
            if (withAlgorithm)
                RandomAlgorithm.Check(value.AsSpan<long>()[0]);
            Span<long> state = variable.Writable().AsSpan<long>()[first..];
            var generator = new Philox((ulong)state[2], new UInt128((ulong)state[1], (ulong)state[0]));
            Philox next = generator;
            next.SkipHalves(blocks);
            state[0] = (long)(ulong)next.Counter;
            state[1] = (long)(ulong)(next.Counter >> 64);
            return generator;
        }
    }
}
