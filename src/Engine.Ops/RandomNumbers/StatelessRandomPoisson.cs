using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Poisson numbers in a shape that ends with the rates', determined by two seeds.</summary>
[Op("StatelessRandomPoisson")]
internal sealed class StatelessRandomPoisson : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithSeed(c);

    public static Kernel CreateKernel(KernelBuilder node) => RandomPoissonV2.CreateKernel(node, RandomSource.SeedInput(1), 2, true);
}
