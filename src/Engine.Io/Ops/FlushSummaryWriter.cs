using Engine.Io.Events;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Writes what waits in a summary writer to its file.</summary>
[Op("FlushSummaryWriter")]
internal sealed class FlushSummaryWriter : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context => context.Resource<SummaryWriterResource>(0).Flush());
}
