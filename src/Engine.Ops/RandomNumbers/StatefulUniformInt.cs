using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of a range, from a generator's variable.</summary>
[Op("StatefulUniformInt")]
internal sealed class StatefulUniformInt : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 2);

    public static Kernel CreateKernel(KernelBuilder node)
        => IntegerKernel.Create(node, RandomSource.Generator(), 2, 3);
}
