using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers of mean 0 and deviation 1, from a stream that goes on from run to run.</summary>
[Op("RandomStandardNormal")]
internal sealed class RandomStandardNormal : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 0);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.Seeded(node), 0, NormalDistribution.Fill);
}
