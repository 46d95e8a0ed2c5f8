using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Frees a stack; using it later is an error.</summary>
[Op("StackCloseV2", "StackClose")]
internal sealed class StackClose : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => RunResources.Find<TensorStack>(context).Close());
}
