using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Closes a queue: nothing more can be put in.</summary>
[Op("QueueCloseV2", "QueueClose")]
internal sealed class QueueCloseV2 : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        var cancelPending = node.Bool("cancel_pending_enqueues");
        return AsyncKernel.From(context => new ValueTask(context.Resource<Queue>(0).CloseAsync(cancelPending, context.Cancellation)));
    }
}
