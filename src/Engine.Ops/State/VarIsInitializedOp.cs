using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.State;

/// <summary>Whether a resource variable has a value.</summary>
[Op("VarIsInitializedOp")]
internal sealed class VarIsInitializedOp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var found = context.Session.Resources.Find<Variable>(context.Handle(0)) is { IsInitialized: true };
        context.Allocate(0, Shape.Scalar).AsSpan<bool>()[0] = found;
    });
}
