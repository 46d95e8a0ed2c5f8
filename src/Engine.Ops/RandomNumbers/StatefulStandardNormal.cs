using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers of mean 0 and deviation 1, from a generator's variable that names the algorithm.</summary>
[Op("StatefulStandardNormal")]
internal sealed class StatefulStandardNormal : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 1);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.Generator(algorithmInState: true), 1, NormalDistribution.Fill);
}
