using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>The values of keys; the default value for keys that are not in the table.</summary>
[Op("LookupTableFindV2", "LookupTableFind")]
internal sealed class LookupTableFind : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        TableHandle.CheckShape(c);
        c.WithRankAtMost(c.Input(2), 1);
        // Tables of scalars: the usual kind, and the only one whose values have the shape of their keys.
        if (c.Node.Inputs[0].Node.Op is "HashTableV2" or "HashTable" or "AnonymousHashTable" or "MutableHashTableV2" or "MutableHashTable" or "AnonymousMutableHashTable")
            c.SetOutput(0, c.Input(1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var table = TableHandle.Table(context);
        var (keys, defaultValue) = (context.Input(1), context.Input(2));
        table.Find(keys, context.Allocate(0, table.FindShape(keys, defaultValue)), defaultValue);
    });
}
