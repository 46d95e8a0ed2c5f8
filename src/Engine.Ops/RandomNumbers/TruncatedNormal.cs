using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers less than two deviations from the mean, from a stream that goes on from run to run.</summary>
[Op("TruncatedNormal")]
internal sealed class TruncatedNormal : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 0);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.Seeded(node), 0, TruncatedNormalDistribution.Fill);
}
