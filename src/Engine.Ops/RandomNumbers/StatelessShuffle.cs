using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>The rows of a tensor in the order that key and counter say.</summary>
[Op("StatelessShuffle")]
internal sealed class StatelessShuffle : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 1);
        c.Input(2, 1);
        c.Input(3, 0);
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node) => RowShuffle.Create(node, RandomSource.KeyCounter(1));
}
