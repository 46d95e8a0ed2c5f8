using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers less than two deviations from the mean, determined by two seeds.</summary>
[Op("StatelessTruncatedNormal")]
internal sealed class StatelessTruncatedNormal : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithSeed(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.SeedInput(1), 0, TruncatedNormalDistribution.Fill);
}
