using Engine.OpModel;

namespace Engine.Ops.State;

/// <summary>Whether a TF 1 variable has a value.</summary>
[Op("IsVariableInitialized")]
internal sealed class IsVariableInitialized : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var isInitialized = context.InputVariable(0).IsInitialized;
        context.Allocate(0, Shape.Scalar).AsSpan<bool>()[0] = isInitialized;
    });
}
