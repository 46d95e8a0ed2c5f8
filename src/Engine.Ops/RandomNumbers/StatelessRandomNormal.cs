using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers of mean 0 and deviation 1, determined by two seeds.</summary>
[Op("StatelessRandomNormal")]
internal sealed class StatelessRandomNormal : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithSeed(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.SeedInput(1), 0, NormalDistribution.Fill);
}
