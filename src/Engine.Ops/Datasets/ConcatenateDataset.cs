using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>The tuples of one dataset, then those of another.</summary>
[Op("ConcatenateDataset")]
internal sealed class ConcatenateDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context =>
    {
        var (first, second) = (Dataset.Of(context.Input(0)), Dataset.Of(context.Input(1)));
        if (!first.Types.SequenceEqual(second.Types))
            throw EngineException.InvalidArgument($"The datasets have different types: {string.Join(", ", first.Types)} and {string.Join(", ", second.Types)}");
        var cardinality = first.Cardinality == Dataset.Infinite || second.Cardinality == Dataset.Infinite ? Dataset.Infinite
            : first.Cardinality < 0 || second.Cardinality < 0 ? Dataset.Unknown : first.Cardinality + second.Cardinality;
        return DerivedDataset.From(first, first.Types, cardinality, walk =>
        {
            DatasetIterator? rest = null;
            return run => rest is null && walk.Next(run) is { } tuple ? tuple : (rest ??= second.Iterate()).Next(run);
        });
    });
}
