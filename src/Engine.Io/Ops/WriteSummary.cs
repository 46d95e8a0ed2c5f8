using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Io.Ops;

/// <summary>Writes a tensor to an event file.</summary>
[Op("WriteSummary")]
internal sealed class WriteSummary : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var (tag, metadata) = (StringArguments.Scalar(context, 3, "tag"), StringArguments.Scalar(context, 4, "summary_metadata"));
        var step = IndexTensor.Scalar(context.Input(1), "step");
        var summary = SummaryMessages.OfTensor(tag, context.Input(2), metadata);
        if (metadata.Length == 0)
            summary.Value[0].Metadata = null;
        context.Resource<SummaryWriterResource>(0).Add(step, summary);
    });
}
