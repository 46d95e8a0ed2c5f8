using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The first tuples; all of them for a count of -1.</summary>
[Op("TakeDataset")]
internal sealed class TakeDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var (source, count) = (Dataset.Of(context.Input(0)), context.Int(1, "count"));
        var cardinality = count < 0 ? source.Cardinality : source.Cardinality switch { Dataset.Unknown => Dataset.Unknown, Dataset.Infinite => count, var n => Math.Min(n, count) };
        return DerivedDataset.From(source, source.Types, cardinality, walk =>
        {
            var taken = 0L;
            return run => (count < 0 || taken++ < count) ? walk.Next(run) : null;
        });
    });
}
