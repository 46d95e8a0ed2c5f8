using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>An optional value that is not there.</summary>
[Op("OptionalNone")]
internal sealed class OptionalNone : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
        => Kernel.From(context => context.Allocate(0, Shape.Scalar).AsSpan<object>()[0] = new OptionalVariant(null));
}
