using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>Fills a table from two vectors.</summary>
[Op("InitializeTableV2", "InitializeTable")]
internal sealed class InitializeTable : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        TableHandle.CheckShape(c);
        c.Input(1, 1).Merge(c.Input(2, 1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var table = TableHandle.StaticTable(context);
        var (keys, values) = (context.Input(1), context.Input(2));
        if (keys.Rank != 1)
            throw EngineException.InvalidArgument($"Keys must be a vector, but received shape {keys.Shape}");
        if (values.Rank != 1)
            throw EngineException.InvalidArgument($"Values must be a vector, but received shape {values.Shape}");
        if (keys.Count != values.Count)
            throw EngineException.InvalidArgument($"Keys and values must have the same size {keys.Count} vs {values.Count}");
        table.CheckEntries(keys, values);
        table.Import(keys, values);
    });
}
