using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>The tuples a number of times; without end for a count of -1.</summary>
[Op("RepeatDataset")]
internal sealed class RepeatDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => DatasetOps.Kernel(context => Repeat(Dataset.Of(context.Input(0)), context.Int(1, "count")));

    /// <summary>A dataset repeated.</summary>
    internal static Dataset Repeat(Dataset source, long count) => new DerivedDataset(source.Types, Cardinality(source.Cardinality, count), () => new Walk(source, count));

    private static long Cardinality(long once, long count)
    {
        if (count == 0 || once == 0)
            return 0;
        if (count < 0)
            return once == Dataset.Unknown ? Dataset.Unknown : Dataset.Infinite;
        return once < 0 ? once : once * count;
    }

    private sealed class Walk(Dataset source, long count) : DatasetIterator
    {
        private DatasetIterator? current;
        private long round;

        public override Tensor[]? Next(RunContext run)
        {
            while (count < 0 || round < count)
            {
                var first = current is null;
                current ??= source.Iterate();
                if (current.Next(run) is { } tuple)
                    return tuple;
                current.Dispose();
                current = null;
                round++;
                // An empty dataset repeated for ever ends.
                if (first && count < 0)
                    return null;
                Check(run);
            }
            return null;
        }

        public override void Dispose()
        {
            current?.Dispose();
            base.Dispose();
        }

        private static void Check(RunContext run)
        {
            if (run.Cancellation.IsCancellationRequested)
                throw EngineException.Cancelled("The run was cancelled.");
        }
    }
}
