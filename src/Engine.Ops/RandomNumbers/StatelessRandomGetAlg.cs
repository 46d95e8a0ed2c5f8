using Engine.OpModel;

namespace Engine.Ops.RandomNumbers;

/// <summary>The algorithm that stateless ops use here: Philox.</summary>
[Op("StatelessRandomGetAlg")]
internal sealed class StatelessRandomGetAlg : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
        => Kernel.From(context => context.Allocate(0, Shape.Scalar).AsSpan<int>()[0] = RandomAlgorithm.Philox);
}
