using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers less than two deviations from the mean, determined by key and counter.</summary>
[Op("StatelessTruncatedNormalV2")]
internal sealed class StatelessTruncatedNormalV2 : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithKey(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.KeyCounter(1), 0, TruncatedNormalDistribution.Fill);
}
