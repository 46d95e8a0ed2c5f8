using System.Text;
using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Io.Ops;

/// <summary>Writes the histogram of a tensor's values to an event file.</summary>
[Op("WriteHistogramSummary")]
internal sealed class WriteHistogramSummary : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (!SummaryValues.Supports(node.Type("T")) && node.Type("T") != DType.Bool)
            throw node.NoKernel();
        return Kernel.From(context =>
        {
            var tag = StringArguments.Scalar(context, 2, "tag");
            var summary = HistogramSummary.Summarize(tag, context.Input(3), Encoding.UTF8.GetString(tag));
            context.Resource<SummaryWriterResource>(0).Add(IndexTensor.Scalar(context.Input(1), "step"), summary);
        });
    }
}
