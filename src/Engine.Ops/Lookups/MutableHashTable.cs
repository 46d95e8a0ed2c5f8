using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>A table of scalars whose entries come and go.</summary>
[Op("MutableHashTableV2", "MutableHashTable", "AnonymousMutableHashTable")]
internal sealed class MutableHashTable : IOp
{
    public static void InferShapes(InferenceContext c) => TableHandle.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        TableTypes.Check(node, (DType.Int64, DType.String), (DType.Int64, DType.Variant));
        var (keys, values) = (node.Type("key_dtype"), node.Type("value_dtype"));
        return TableHandle.Kernel(node, _ => new MutableTable(keys, values, Shape.Scalar));
    }
}
