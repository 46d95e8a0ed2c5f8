using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers of mean 0 and deviation 1, from a generator's variable.</summary>
[Op("StatefulStandardNormalV2")]
internal sealed class StatefulStandardNormalV2 : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 2);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.Generator(), 2, NormalDistribution.Fill);
}
