using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>A table that is filled once.</summary>
[Op("HashTableV2", "HashTable", "AnonymousHashTable")]
internal sealed class HashTable : IOp
{
    public static void InferShapes(InferenceContext c) => TableHandle.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        TableTypes.Check(node, (DType.Int32, DType.String), (DType.Int64, DType.String), (DType.String, DType.String));
        var (keys, values) = (node.Type("key_dtype"), node.Type("value_dtype"));
        return TableHandle.Kernel(node, _ => new StaticTable(keys, values));
    }
}
