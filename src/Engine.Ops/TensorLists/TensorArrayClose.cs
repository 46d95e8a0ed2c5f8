using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Frees an array; using it later is an error.</summary>
[Op("TensorArrayCloseV3", "TensorArrayCloseV2", "TensorArrayClose")]
internal sealed class TensorArrayClose : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => RunResources.Find<TensorArray>(context).Close());
}
