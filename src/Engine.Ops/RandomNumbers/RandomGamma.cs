using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Tensors;

namespace Engine.Ops.RandomNumbers;

/// <summary>Gamma numbers, <c>shape</c> of them for each alpha, from a stream that goes on from run to run.</summary>
[Op("RandomGamma")]
internal sealed class RandomGamma : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.SetOutput(0, c.InputAsShape(0).Concat(c.Input(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node) => CreateKernel(node, RandomSource.Seeded(node), 1, false);

    public static Gradient?[] Gradient(GradientContext g)
    {
        // The leading dimensions are those of the samples; alpha broadcasts over them.
        Value partial = g.Node("RandomGammaGrad", Broadcast(g, g.Input(1), g.Output(0)), g.Output(0));
        return [null, SumLeading(g, g.Node("Mul", g.OutputGradient(0), partial), g.Input(1))];
    }

    internal static Kernel CreateKernel(KernelBuilder node, RandomSource source, int alphaInput, bool shapeIncludesAlpha) => node.OutputType(0) switch
    {
        DType.Float32 => new SamplerKernel<float, float, GammaSampler>(source, alphaInput, shapeIncludesAlpha),
        DType.Float64 => new SamplerKernel<double, double, GammaSampler>(source, alphaInput, shapeIncludesAlpha),
        DType.Float16 => new SamplerKernel<Half, Half, GammaSampler>(source, alphaInput, shapeIncludesAlpha),
        DType.BFloat16 => new SamplerKernel<BFloat16, BFloat16, GammaSampler>(source, alphaInput, shapeIncludesAlpha),
        _ => throw node.NoKernel(),
    };

    internal static Value Broadcast(GradientContext g, Value alpha, Value sample) => g.Node("BroadcastTo", alpha, g.ShapeOf(sample));

    internal static Value SumLeading(GradientContext g, Value gradient, Value alpha)
    {
        Value extra = g.Node("Sub", g.Node("Rank", gradient), g.Node("Rank", alpha));
        return g.Node("Sum", gradient, g.Node("Range", g.Int(0), extra, g.Int(1)));
    }
}
