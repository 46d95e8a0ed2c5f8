using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.RandomNumbers;

/// <summary>The seed input of stateless ops: a vector of two integers.</summary>
internal static class Seeds
{
    /// <summary>The generator that the seeds stand for.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape.</exception>
    internal static Philox Read(Tensor seed)
    {
        if (seed.Rank != 1 || seed.Count != 2)
            throw EngineException.InvalidArgument($"seed must have shape [2], not {seed.Shape}");
        switch (seed.Type)
        {
            case DType.UInt32: return Philox.FromScrambled(seed.AsSpan<uint>()[0], seed.AsSpan<uint>()[1]);
            case DType.UInt64: return Philox.FromScrambled((long)seed.AsSpan<ulong>()[0], (long)seed.AsSpan<ulong>()[1]);
            default:
                long[] values = IndexTensor.Read(seed);
                return Philox.FromScrambled(values[0], values[1]);
        }
    }

    /// <summary>Checks the shape of the seed input.</summary>
    internal static void Check(InferenceContext c, int input)
    {
        PartialShape seed = c.Input(input, 1);
        if (seed[0] >= 0 && seed[0] != 2)
            throw c.Fail($"Dimension must be 2 but is {seed[0]}");
    }
}
