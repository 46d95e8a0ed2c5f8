using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>All but the first tuples; none of them for a count of -1.</summary>
[Op("SkipDataset")]
internal sealed class SkipDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var (source, count) = (Dataset.Of(context.Input(0)), context.Int(1, "count"));
        var cardinality = count < 0 ? 0 : source.Cardinality < 0 ? source.Cardinality : Math.Max(0, source.Cardinality - count);
        return DerivedDataset.From(source, source.Types, cardinality, walk =>
        {
            var skipped = 0L;
            return run =>
            {
                if (count < 0)
                    return null;
                while (skipped < count)
                {
                    if (walk.Next(run) is not { } tuple)
                        return null;
                    skipped++;
                    Array.ForEach(tuple, t => t.Dispose());
                }
                return walk.Next(run);
            };
        });
    });
}
