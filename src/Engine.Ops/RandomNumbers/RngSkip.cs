using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.RandomNumbers;

/// <summary>Moves a generator on as if a number of values had been drawn.</summary>
[Op("RngSkip")]
internal sealed class RngSkip : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        c.Input(2, 0);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        RandomAlgorithm.Check(IndexTensor.Scalar(context.Input(1), "algorithm"));
        long delta = IndexTensor.Scalar(context.Input(2), "delta");
        // The product wraps at 64 bits, as TensorFlow's does.
        GeneratorState.Advance(context, unchecked((ulong)delta * RandomSource.BlocksPerNumber));
    });
}
