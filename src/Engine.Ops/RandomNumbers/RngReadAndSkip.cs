using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.RandomNumbers;

/// <summary>The state of a generator, which then moves on as if a number of values had been drawn.</summary>
[Op("RngReadAndSkip")]
internal sealed class RngReadAndSkip : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        c.Input(2, 0);
        c.SetOutput(0, PartialShape.Vector(GeneratorState.Length));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        RandomAlgorithm.Check(IndexTensor.Scalar(context.Input(1), "alg"));
        Tensor delta = context.Input(2);
        if (delta.Rank != 0)
            throw EngineException.InvalidArgument($"delta must be of shape [], not {delta.Shape}");
        // The product wraps at 64 bits, as TensorFlow's does.
        Philox generator = GeneratorState.Advance(context, unchecked(delta.Item<ulong>() * RandomSource.BlocksPerNumber));
        Span<long> value = context.Allocate(0, GeneratorState.Length).AsSpan<long>();
        value[0] = (long)(ulong)generator.Counter;
        value[1] = (long)(ulong)(generator.Counter >> 64);
        value[2] = (long)generator.Key;
    });
}
