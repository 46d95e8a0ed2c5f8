using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Classes drawn from rows of unnormalised log probabilities, from a stream that goes on from run to run.</summary>
[Op("Multinomial")]
internal sealed class Multinomial : IOp
{
    public static void InferShapes(InferenceContext c) => MultinomialKernel.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => MultinomialKernel.Create(node, RandomSource.Seeded(node));
}
