using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers less than two deviations from the mean, from a generator's variable.</summary>
[Op("StatefulTruncatedNormal")]
internal sealed class StatefulTruncatedNormal : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 2);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.Generator(), 2, TruncatedNormalDistribution.Fill);
}
