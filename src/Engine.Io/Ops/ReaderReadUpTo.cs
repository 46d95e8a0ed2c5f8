using Engine.Io.Readers;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Resources;

namespace Engine.Io.Ops;

/// <summary>The next records of a reader, at most so many and all of one file: keys and values. Waits for work.</summary>
[Op("ReaderReadUpToV2", "ReaderReadUpTo")]
internal sealed class ReaderReadUpTo : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(2, 0);
        c.SetOutputs(PartialShape.OfRank(1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => AsyncKernel.From(async context =>
    {
        var limit = IndexTensor.Scalar(context.Input(2), "num_records");
        if (limit < 0 || limit > Array.MaxLength)
            throw EngineException.InvalidArgument($"num_records must be in [0, {Array.MaxLength}], not {limit}");
        var records = await context.Resource<WorkReader>(0).ReadAsync(context.Resource<Queue>(1), limit, context.Cancellation).ConfigureAwait(false);
        var shape = Shape.Vector(records.Count);
        records.Select(r => r.Key).ToArray().CopyTo(context.Allocate(0, shape).AsSpan<byte[]>());
        records.Select(r => r.Value).ToArray().CopyTo(context.Allocate(1, shape).AsSpan<byte[]>());
    });
}
