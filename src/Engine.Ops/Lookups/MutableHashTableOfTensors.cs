using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>A table of vectors whose entries come and go.</summary>
[Op("MutableHashTableOfTensorsV2", "MutableHashTableOfTensors", "AnonymousMutableHashTableOfTensors")]
internal sealed class MutableHashTableOfTensors : IOp
{
    public static void InferShapes(InferenceContext c) => TableHandle.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        TableTypes.Check(node, (DType.Int64, DType.String));
        var (keys, values, shape) = (node.Type("key_dtype"), node.Type("value_dtype"), node.Shape("value_shape"));
        return TableHandle.Kernel(node, _ => shape.Rank == 1
            ? new MutableTable(keys, values, shape.ToShape())
            : throw EngineException.InvalidArgument($"Default value must be a vector, got shape {shape}"));
    }
}
