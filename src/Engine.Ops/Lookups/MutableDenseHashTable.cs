using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>A table in one array of buckets; two keys are set aside as marks.</summary>
[Op("MutableDenseHashTableV2", "MutableDenseHashTable", "AnonymousMutableDenseHashTable")]
internal sealed class MutableDenseHashTable : IOp
{
    public static void InferShapes(InferenceContext c) => TableHandle.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        TableTypes.Check(node, (DType.Int64, DType.Bool), (DType.Int64, DType.Variant), (DType.String, DType.Resource));
        var (type, shape) = (node.Type("value_dtype"), node.Shape("value_shape"));
        var (buckets, load) = (node.Int("initial_num_buckets"), node.Float("max_load_factor"));
        var hasDeleted = node.InputCount > 1;
        return TableHandle.Kernel(node, context => new DenseTable(
            context.Input(0).Clone(), hasDeleted ? context.Input(1).Clone() : null, type, shape.ToShape(), buckets, load));
    }
}
