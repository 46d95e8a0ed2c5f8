using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Io.Ops;

/// <summary>Writes serialized Summary messages to an event file.</summary>
[Op("WriteRawProtoSummary")]
internal sealed class WriteRawProtoSummary : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var step = IndexTensor.Scalar(context.Input(1), "step");
        var merged = new Protos.Summary();
        foreach (var serialized in context.Input(2).AsSpan<byte[]>())
            merged.MergeFrom(SummaryMessages.Parse(serialized, "one of the summary inputs"));
        context.Resource<SummaryWriterResource>(0).Add(step, merged);
    });
}
