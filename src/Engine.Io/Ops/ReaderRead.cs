using Engine.Io.Readers;
using Engine.OpModel;
using Engine.Resources;

namespace Engine.Io.Ops;

/// <summary>The next record of a reader: key and value. Waits for work.</summary>
[Op("ReaderReadV2", "ReaderRead")]
internal sealed class ReaderRead : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutputs(PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node) => AsyncKernel.From(async context =>
    {
        var records = await context.Resource<WorkReader>(0).ReadAsync(context.Resource<Queue>(1), 1, context.Cancellation).ConfigureAwait(false);
        context.MoveOutput(0, Tensor.Scalar(records[0].Key));
        context.MoveOutput(1, Tensor.Scalar(records[0].Value));
    });
}
