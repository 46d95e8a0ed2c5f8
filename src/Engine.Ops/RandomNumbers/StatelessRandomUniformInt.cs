using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of a range, determined by two seeds.</summary>
[Op("StatelessRandomUniformInt")]
internal sealed class StatelessRandomUniformInt : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithSeed(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => IntegerKernel.Create(node, RandomSource.SeedInput(1), 0, 2);
}
