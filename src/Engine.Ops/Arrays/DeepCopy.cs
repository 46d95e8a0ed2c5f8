using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A copy with memory of its own.</summary>
[Op("DeepCopy")]
internal sealed class DeepCopy : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(context => context.Allocate(0, context.Input(0).Shape).CopyFrom(context.Input(0)));
    }
}
