using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A new stack of tensors for a run.</summary>
[Op("StackV2", "Stack")]
internal sealed class StackNew : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("elem_type");
        var name = node.String("stack_name");
        return Kernel.From(context =>
        {
            var maximum = context.InputCount > 0 ? context.Int(0, "Stack size") : -1;
            var unique = RunResources.UniqueName(context, name);
            RunResources.SetHandle(context, 0, "_stacks", unique, new TensorStack(unique, type, maximum));
        });
    }
}
