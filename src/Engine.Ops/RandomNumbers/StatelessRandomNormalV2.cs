using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers of mean 0 and deviation 1, determined by key and counter.</summary>
[Op("StatelessRandomNormalV2")]
internal sealed class StatelessRandomNormalV2 : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithKey(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.KeyCounter(1), 0, NormalDistribution.Fill);
}
