using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of all values, from a generator's variable.</summary>
[Op("StatefulUniformFullInt")]
internal sealed class StatefulUniformFullInt : IOp
{
    public static void InferShapes(InferenceContext c) => RandomShapes.FromInput(c, 2);

    public static Kernel CreateKernel(KernelBuilder node)
        => FullIntegerKernel.Create(node, RandomSource.Generator(), 2);
}
