using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of a range, from a stream that goes on from run to run.</summary>
[Op("RandomUniformInt")]
internal sealed class RandomUniformInt : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 0);

    public static Kernel CreateKernel(KernelBuilder node)
        => IntegerKernel.Create(node, RandomSource.Seeded(node), 0, 1);
}
