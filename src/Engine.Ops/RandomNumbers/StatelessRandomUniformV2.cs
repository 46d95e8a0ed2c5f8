using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Numbers evenly from [0, 1), determined by key and counter.</summary>
[Op("StatelessRandomUniformV2")]
internal sealed class StatelessRandomUniformV2 : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithKey(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FloatKernel.Create(node, RandomSource.KeyCounter(1), 0, UniformDistribution.Fill);
}
