using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>Removes keys from a table.</summary>
[Op("LookupTableRemoveV2")]
internal sealed class LookupTableRemove : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        TableHandle.CheckShape(c);
        c.WithRankAtLeast(c.Input(1), 1);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var table = TableHandle.Table(context);
        table.CheckKeys(context.Input(1));
        table.Remove(context.Input(1));
    });
}
