using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A map with an entry added or replaced.</summary>
[Op("TensorMapInsert")]
internal sealed class TensorMapInsert : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var map = context.Map();
        var identity = TensorMap.Identity(context.Input(1));
        var entry = (context.Input(1).Share(), context.Input(2).Share());
        context.WritableMap(map).Items[identity] = entry;
    });
}
