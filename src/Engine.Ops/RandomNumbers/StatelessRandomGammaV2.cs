using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.RandomNumbers;

/// <summary>Gamma numbers in a shape that ends with alpha's, determined by two seeds.</summary>
[Op("StatelessRandomGammaV2")]
internal sealed class StatelessRandomGammaV2 : IOp
{
    private const int Alpha = 2;

    public static void InferShapes(InferenceContext c) => RandomShapes.WithSeed(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => RandomGamma.CreateKernel(node, RandomSource.SeedInput(1), Alpha, true);

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradients = new Gradient?[g.InputCount];
        Value alpha = g.Input(Alpha);
        Value partial = g.Node("RandomGammaGrad", RandomGamma.Broadcast(g, alpha, g.Output(0)), g.Output(0));
        gradients[Alpha] = RandomGamma.SumLeading(g, g.Node("Mul", g.OutputGradient(0), partial), alpha);
        return gradients;
    }
}
