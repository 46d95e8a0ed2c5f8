using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of all values, determined by key and counter.</summary>
[Op("StatelessRandomUniformFullIntV2")]
internal sealed class StatelessRandomUniformFullIntV2 : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithKey(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => FullIntegerKernel.Create(node, RandomSource.KeyCounter(1), 0);
}
