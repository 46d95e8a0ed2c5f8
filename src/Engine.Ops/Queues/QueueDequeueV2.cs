using Engine.OpModel;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Takes a tuple from a queue, waiting for one.</summary>
[Op("QueueDequeueV2", "QueueDequeue")]
internal sealed class QueueDequeueV2 : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        QueueTuples.CheckTimeout(node);
        var types = node.Types("component_types");
        return AsyncKernel.From(async context =>
        {
            var queue = context.Resource<Queue>(0);
            QueueTuples.CheckTypes(queue, types);
            var tuple = (await queue.DequeueAsync(1, allowFewer: false, context.Cancellation).ConfigureAwait(false))[0];
            for (var i = 0; i < tuple.Length; i++)
                context.MoveOutput(i, tuple[i]);
        });
    }
}
