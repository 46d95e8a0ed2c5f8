using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Takes the tensor on top of a stack.</summary>
[Op("StackPopV2", "StackPop")]
internal sealed class StackPop : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("elem_type");
        return Kernel.From(context =>
        {
            var item = RunResources.Find<TensorStack>(context).Pop();
            if (item.Type != type)
                throw EngineException.InvalidArgument($"The stack holds {item.Type.Name()}, not {type.Name()}.");
            context.MoveOutput(0, item);
        });
    }
}
