using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Datasets;

/// <summary>Tuples stacked to batches.</summary>
[Op("BatchDataset", "BatchDatasetV2", "ParallelBatchDataset")]
internal sealed class BatchDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var dropInput = node.Node.Op switch { "BatchDatasetV2" => 2, "ParallelBatchDataset" => 3, _ => -1 };
        return DatasetOps.Kernel(context =>
        {
            var (source, size) = (Dataset.Of(context.Input(0)), context.Int(1, "batch_size"));
            var drop = dropInput >= 0 && context.Bool(dropInput);
            if (size <= 0)
                throw EngineException.InvalidArgument("Batch size must be greater than zero.");
            return DerivedDataset.From(source, source.Types, Cardinality(source.Cardinality, size, drop), walk => run => TupleBatch.Read(walk, run, size, drop) is { } tuples ? TupleBatch.Stack(tuples) : null);
        });
    }

    /// <summary>Number of batches.</summary>
    internal static long Cardinality(long source, long size, bool drop) => source < 0 ? source : source / size + (drop || source % size == 0 ? 0 : 1);
}
