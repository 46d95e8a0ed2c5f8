using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Puts the rows of tensors into a queue, waiting for room.</summary>
[Op("QueueEnqueueManyV2", "QueueEnqueueMany")]
internal sealed class QueueEnqueueManyV2 : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        QueueTuples.CheckTimeout(node);
        return AsyncKernel.From(context =>
        {
            var queue = context.Resource<Queue>(0);
            return new ValueTask(queue.EnqueueAsync(QueueTuples.Split(QueueTuples.Read(context, queue, batch: true)), context.Cancellation));
        });
    }
}
