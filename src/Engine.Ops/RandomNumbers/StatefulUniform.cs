using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Numbers evenly from [0, 1), from a generator's variable.</summary>
[Op("StatefulUniform")]
internal sealed class StatefulUniform : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 2);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.Generator(), 2, UniformDistribution.Fill);
}
