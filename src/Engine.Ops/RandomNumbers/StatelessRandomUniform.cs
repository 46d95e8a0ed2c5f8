using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Numbers evenly from [0, 1), determined by two seeds.</summary>
[Op("StatelessRandomUniform")]
internal sealed class StatelessRandomUniform : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithSeed(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.SeedInput(1), 0, UniformDistribution.Fill);
}
