using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Puts a tensor on a stack, and passes it on.</summary>
[Op("StackPushV2", "StackPush")]
internal sealed class StackPush : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1));

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        RunResources.Find<TensorStack>(context).Push(context.Input(1).Share());
        context.Forward(1, 0);
    });
}
