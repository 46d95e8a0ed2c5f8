using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>Adds entries to a table, or replaces them.</summary>
[Op("LookupTableInsertV2", "LookupTableInsert")]
internal sealed class LookupTableInsert : IOp
{
    public static void InferShapes(InferenceContext c) => TableHandle.CheckShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var table = TableHandle.Table(context);
        table.CheckEntries(context.Input(1), context.Input(2));
        table.Insert(context.Input(1), context.Input(2));
    });
}
