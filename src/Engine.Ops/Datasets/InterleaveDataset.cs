using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Ops.Datasets;

/// <summary>The tuples of the datasets that a function makes of each tuple, in turns: a block from each of a cycle of them.</summary>
[Op("InterleaveDataset", "ParallelInterleaveDatasetV2", "ParallelInterleaveDatasetV3", "ParallelInterleaveDatasetV4")]
internal sealed class InterleaveDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (function, types) = (node.Function("f"), node.Types("output_types"));
        var captured = node.InputRange("other_arguments");
        var first = captured.End.GetOffset(node.InputCount);
        return DatasetOps.Kernel(context =>
        {
            var (source, call) = (Dataset.Of(context.Input(0)), new CapturedFunction(function, context.Keep(captured)));
            var (cycle, block) = (context.Int(first, "cycle_length"), context.Int(first + 1, "block_length"));
            if (cycle == -1)
                cycle = Environment.ProcessorCount;
            if (cycle <= 0 || cycle > 1 << 20)
                throw EngineException.InvalidArgument("cycle_length must be greater than zero.");
            if (block <= 0)
                throw EngineException.InvalidArgument("block_length must be greater than zero.");
            return DerivedDataset.From(source, types, Dataset.Unknown, walk => new Cycle(walk, call, (int)cycle, block).Next);
        });
    }

    private sealed class Cycle(DatasetIterator walk, CapturedFunction call, int length, long block)
    {
        private readonly DatasetIterator?[] open = new DatasetIterator?[length];
        private int at;
        private long taken;
        private int openCount;
        private bool ended;

        internal Tensor[]? Next(RunContext run)
        {
            while (!ended || openCount > 0)
            {
                if (open[at] is { } current)
                {
                    if (current.Next(run) is { } element)
                    {
                        if (++taken == block)
                            Advance();
                        return element;
                    }
                    current.Dispose();
                    open[at] = null;
                    openCount--;
                    Advance();
                }
                else if (!ended && walk.Next(run) is { } tuple)
                {
                    using var made = call.Call(run, tuple)[0];
                    open[at] = Dataset.Of(made).Iterate();
                    openCount++;
                }
                else
                {
                    ended = true;
                    Advance();
                }
            }
            return null;
        }

        private void Advance() => (at, taken) = ((at + 1) % open.Length, 0);
    }
}
