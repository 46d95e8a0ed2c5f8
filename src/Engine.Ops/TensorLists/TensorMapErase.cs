using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A map without an entry, which must be there.</summary>
[Op("TensorMapErase")]
internal sealed class TensorMapErase : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var map = context.Map();
        var identity = TensorMap.Identity(context.Input(1));
        if (!map.Items.ContainsKey(identity))
            throw EngineException.InvalidArgument("Trying to erase non-existent item.");
        context.WritableMap(map).Items.Remove(identity);
    });
}
