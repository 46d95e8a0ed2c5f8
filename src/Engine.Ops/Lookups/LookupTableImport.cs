using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>Replaces the contents of a table.</summary>
[Op("LookupTableImportV2", "LookupTableImport")]
internal sealed class LookupTableImport : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        TableHandle.CheckShape(c);
        c.WithRankAtLeast(c.Input(1), 1);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var table = TableHandle.Table(context);
        var (keys, values) = (context.Input(1), context.Input(2));
        table.CheckImport(keys, values);
        table.Import(keys, values);
    });
}
