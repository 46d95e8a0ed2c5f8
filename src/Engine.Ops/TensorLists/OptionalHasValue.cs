using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Whether an optional value is there.</summary>
[Op("OptionalHasValue")]
internal sealed class OptionalHasValue : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var hasValue = OptionalVariant.Of(context.Input(0)).Components is not null;
        context.Allocate(0, Shape.Scalar).AsSpan<bool>()[0] = hasValue;
    });
}
