using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Numbers evenly from [0, 1), from a stream that goes on from run to run.</summary>
[Op("RandomUniform")]
internal sealed class RandomUniform : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 0);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.Seeded(node), 0, UniformDistribution.Fill);
}
