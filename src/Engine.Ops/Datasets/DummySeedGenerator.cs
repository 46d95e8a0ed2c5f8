using Engine.OpModel;

namespace Engine.Ops.Datasets;

/// <summary>A handle to no seeds in particular: the dataset draws its own.</summary>
[Op("DummySeedGenerator")]
internal sealed class DummySeedGenerator : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.MoveOutput(0, Tensor.Scalar(new ResourceHandle("", "DummySeedGenerator"))));
}
