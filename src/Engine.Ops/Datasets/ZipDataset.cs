using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>Tuples of several datasets side by side, until the first ends.</summary>
[Op("ZipDataset")]
internal sealed class ZipDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var sources = Array.ConvertAll(context.Inputs(..), Dataset.Of);
        var finite = sources.Where(s => s.Cardinality != Dataset.Infinite).ToArray();
        var cardinality = finite.Length == 0 ? Dataset.Infinite : finite.Any(s => s.Cardinality < 0) ? Dataset.Unknown : finite.Min(s => s.Cardinality);
        return new DerivedDataset([.. sources.SelectMany(s => s.Types)], cardinality, () =>
        {
            var walks = Array.ConvertAll(sources, s => s.Iterate());
            return new SteppedIterator(run =>
            {
                var parts = new List<Tensor>();
                foreach (var walk in walks)
                {
                    if (walk.Next(run) is not { } tuple)
                        return null;
                    parts.AddRange(tuple);
                }
                return [.. parts];
            });
        });
    });
}
