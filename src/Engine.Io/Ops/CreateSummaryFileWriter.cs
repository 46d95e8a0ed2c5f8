using System.Text;
using Engine.Io.Events;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Io.Ops;

/// <summary>Makes the summary writer of a handle, unless there is one: it writes an event file in a folder.</summary>
[Op("CreateSummaryFileWriter")]
internal sealed class CreateSummaryFileWriter : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var folder = Encoding.UTF8.GetString(StringArguments.Single(context, 1, "logdir"));
        var (maxQueue, flushMillis) = (IndexTensor.Scalar(context.Input(2), "max_queue"), IndexTensor.Scalar(context.Input(3), "flush_millis"));
        var suffix = Encoding.UTF8.GetString(StringArguments.Single(context, 4, "filename_suffix"));
        context.Session.Resources.GetOrCreate(context.Handle(0), () => new SummaryWriterResource(folder, maxQueue, flushMillis, suffix));
    });
}
