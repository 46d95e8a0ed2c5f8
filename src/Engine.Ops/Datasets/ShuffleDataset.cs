using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>Tuples in random order, drawn from a buffer.</summary>
[Op("ShuffleDataset", "ShuffleDatasetV2", "ShuffleDatasetV3", "ShuffleAndRepeatDataset", "ShuffleAndRepeatDatasetV2")]
internal sealed class ShuffleDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var repeats = node.Node.Op.StartsWith("ShuffleAndRepeat", StringComparison.Ordinal);
        var seeded = node.Node.Op != "ShuffleDatasetV2";
        var reshuffle = node.Find("reshuffle_each_iteration") is not { } attr || attr.AsBool();
        return DatasetOps.Kernel(context =>
        {
            var (source, size) = (Dataset.Of(context.Input(0)), context.Int(1, "buffer_size"));
            if (size < 1 && size != Dataset.Unknown)
                throw EngineException.InvalidArgument("buffer_size must be greater than zero or UNKNOWN_CARDINALITY");
            var (seed, seed2) = seeded ? (context.Int(2, "seed"), context.Int(3, "seed2")) : (0, 0);
            var count = repeats ? context.Int(4, "count") : 1;
            if (repeats && count != -1 && count < 1)
                throw EngineException.InvalidArgument("count must be greater than zero or equal to -1.");
            var seeds = new ShuffleSeeds(seed, seed2, reshuffle);
            var shuffled = new DerivedDataset(source.Types, source.Cardinality, () => new ShuffleIterator(source, size, seeds));
            return repeats ? RepeatDataset.Repeat(shuffled, count) : shuffled;
        });
    }
}
