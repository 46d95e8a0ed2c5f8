using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Whether a map has a key.</summary>
[Op("TensorMapHasKey")]
internal sealed class TensorMapHasKey : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var hasKey = context.Map().Items.ContainsKey(TensorMap.Identity(context.Input(1)));
        context.Allocate(0, Shape.Scalar).AsSpan<bool>()[0] = hasKey;
    });
}
