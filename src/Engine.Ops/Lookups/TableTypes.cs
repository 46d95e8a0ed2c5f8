using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>Which pairs of key and value types TensorFlow's tables have.</summary>
internal static class TableTypes
{
    /// <summary>Refuses other pairs.</summary>
    /// <param name="node">The node.</param>
    /// <param name="more">Pairs that this kind of table has beyond the common ones.</param>
    internal static void Check(KernelBuilder node, params ReadOnlySpan<(DType Key, DType Value)> more)
    {
        var pair = (Key: node.Type("key_dtype"), Value: node.Type("value_dtype"));
        var isCommon = pair.Key switch
        {
            DType.Int32 => pair.Value is DType.Float32 or DType.Float64 or DType.Int32,
            DType.Int64 => pair.Value is DType.Float32 or DType.Float64 or DType.Int32 or DType.Int64,
            DType.String => pair.Value is DType.Float32 or DType.Float64 or DType.Int32 or DType.Int64 or DType.Bool,
            _ => false,
        };
        if (!isCommon && !more.Contains(pair))
            throw node.NoKernel();
    }
}
