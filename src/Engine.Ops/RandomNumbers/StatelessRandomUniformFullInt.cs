using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of all values, determined by two seeds.</summary>
[Op("StatelessRandomUniformFullInt")]
internal sealed class StatelessRandomUniformFullInt : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithSeed(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FullIntegerKernel.Create(node, RandomSource.SeedInput(1), 0);
}
