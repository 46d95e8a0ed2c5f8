using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Classes drawn from rows of unnormalised log probabilities, determined by two seeds.</summary>
[Op("StatelessMultinomial")]
internal sealed class StatelessMultinomial : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        Seeds.Check(c, 2);
        MultinomialKernel.InferShapes(c);
    }

    public static Kernel CreateKernel(KernelBuilder node) => MultinomialKernel.Create(node, RandomSource.SeedInput(2));
}
