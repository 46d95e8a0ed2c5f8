using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>The rows of a tensor in random order.</summary>
[Op("RandomShuffle")]
internal sealed class RandomShuffle : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => RowShuffle.Create(node, RandomSource.Seeded(node));
}
