using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Puts a tuple into a queue, waiting for room.</summary>
[Op("QueueEnqueueV2", "QueueEnqueue")]
internal sealed class QueueEnqueueV2 : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        QueueTuples.CheckTimeout(node);
        return AsyncKernel.From(context =>
        {
            var queue = context.Resource<Queue>(0);
            return new ValueTask(queue.EnqueueAsync([QueueTuples.Read(context, queue, batch: false)], context.Cancellation));
        });
    }
}
