using Engine.Io.Events;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Writes what waits in a summary writer and forgets it.</summary>
[Op("CloseSummaryWriter")]
internal sealed class CloseSummaryWriter : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        context.Resource<SummaryWriterResource>(0).Flush();
        context.Session.Resources.Delete(context.Handle(0));
    });
}
