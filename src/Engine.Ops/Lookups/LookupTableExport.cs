using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>All keys and values of a table.</summary>
[Op("LookupTableExportV2", "LookupTableExport")]
internal sealed class LookupTableExport : IOp
{
    public static void InferShapes(InferenceContext c) => TableHandle.CheckShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (keyType, valueType) = (node.Type("Tkeys"), node.Type("Tvalues"));
        return Kernel.From(context =>
        {
            var table = TableHandle.Table(context);
            if (table.KeyType != keyType || table.ValueType != valueType)
                throw EngineException.InvalidArgument($"The table maps {table.KeyType.Name()} to {table.ValueType.Name()}, not {keyType.Name()} to {valueType.Name()}");
            var (keys, values) = table.Export();
            context.MoveOutput(0, keys);
            context.MoveOutput(1, values);
        });
    }
}
