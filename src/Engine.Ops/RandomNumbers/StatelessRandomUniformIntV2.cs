using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of a range, determined by key and counter.</summary>
[Op("StatelessRandomUniformIntV2")]
internal sealed class StatelessRandomUniformIntV2 : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.WithKey(c);

    public static Kernel CreateKernel(KernelBuilder node)
        => IntegerKernel.Create(node, RandomSource.KeyCounter(1), 0, 4);
}
