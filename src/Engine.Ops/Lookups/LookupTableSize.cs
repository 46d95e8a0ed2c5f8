using Engine.OpModel;

namespace Engine.Ops.Lookups;

/// <summary>The number of keys in a table.</summary>
[Op("LookupTableSizeV2", "LookupTableSize")]
internal sealed class LookupTableSize : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        TableHandle.CheckShape(c);
        c.SetOutput(0, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var size = TableHandle.Table(context).Size;
        context.Allocate(0, Shape.Scalar).AsSpan<long>()[0] = size;
    });
}
