using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Queues;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>Tuples stacked to batches, each component padded to a given shape or to the largest of the batch.</summary>
[Op("PaddedBatchDataset", "PaddedBatchDatasetV2")]
internal sealed class PaddedBatchDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (shapes, values) = (node.InputRange("padded_shapes"), node.InputRange("padding_values"));
        var dropInput = node.Node.Op == "PaddedBatchDatasetV2" ? node.InputCount - 1 : -1;
        return DatasetOps.Kernel(context =>
        {
            var (source, size) = (Dataset.Of(context.Input(0)), context.Int(1, "batch_size"));
            var drop = dropInput >= 0 && context.Bool(dropInput);
            if (size <= 0)
                throw EngineException.InvalidArgument("Batch size must be greater than zero.");
            var padded = Array.ConvertAll(context.Inputs(shapes), s => IndexTensor.Vector(s, "padded_shapes"));
            var padding = context.Keep(values);
            if (padded.Length != source.Types.Count || padding.Length != source.Types.Count)
                throw EngineException.InvalidArgument($"Number of padded shapes ({padded.Length}) must match the number of components in the input dataset's elements ({source.Types.Count})");
            for (var i = 0; i < padding.Length; i++)
            {
                if (padded[i].Any(d => d < -1))
                    throw EngineException.InvalidArgument("padded_shapes must have dimensions of -1 or more");
                if (padding[i].Rank != 0)
                    throw EngineException.InvalidArgument("All padding values must be scalars");
                if (padding[i].Type != source.Types[i])
                    throw EngineException.InvalidArgument($"Mismatched type between padding value {i} and input dataset's component {i}: {padding[i].Type.Name()} vs. {source.Types[i].Name()}");
            }
            var workers = context.Workers;
            return DerivedDataset.From(source, source.Types, BatchDataset.Cardinality(source.Cardinality, size, drop),
                walk => run => TupleBatch.Read(walk, run, size, drop) is { } tuples ? Pad(workers, tuples, padded, padding) : null);
        });
    }

    private static Tensor[] Pad(WorkerTeam workers, List<Tensor[]> tuples, long[][] shapes, Tensor[] padding)
    {
        var batch = new Tensor[padding.Length];
        for (var i = 0; i < batch.Length; i++)
        {
            var dims = (long[])shapes[i].Clone();
            foreach (var tuple in tuples)
            {
                var shape = tuple[i].Shape;
                if (shape.Rank != dims.Length)
                    throw EngineException.InvalidArgument($"All elements in a batch must have the same rank as the padded shape for component {i}: expected rank {dims.Length} but got element with rank {shape.Rank}");
                for (var d = 0; d < dims.Length; d++)
                {
                    if (shapes[i][d] < 0)
                        dims[d] = Math.Max(dims[d], shape[d]);
                    else if (shape[d] > dims[d])
                        throw EngineException.DataLoss($"Attempted to pad to a smaller size than the input element: {shape[d]} in dimension {d} of component {i} does not fit {dims[d]}");
                }
            }
            batch[i] = Tensor.Allocate(padding[i].Type, Shape.Vector(tuples.Count).Concat(new Shape(dims)));
            StridedCopy.Fill(workers, padding[i], batch[i]);
            for (var row = 0; row < tuples.Count; row++)
            {
                using var component = tuples[row][i];
                PaddedRow.Write(workers, component, batch[i], row);
            }
        }
        return batch;
    }
}
