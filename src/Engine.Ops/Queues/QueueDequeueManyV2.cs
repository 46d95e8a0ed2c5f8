using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Resources;

namespace Engine.Ops.Queues;

/// <summary>Takes a number of tuples from a queue as a batch, waiting for them; <c>UpTo</c> takes fewer when the queue is closed.</summary>
[Op("QueueDequeueManyV2", "QueueDequeueMany", "QueueDequeueUpToV2", "QueueDequeueUpTo")]
internal sealed class QueueDequeueManyV2 : IOp
{
    public static Kernel CreateKernel(KernelBuilder node)
    {
        QueueTuples.CheckTimeout(node);
        var types = node.Types("component_types");
        var upTo = node.Node.Op.StartsWith("QueueDequeueUpTo", StringComparison.Ordinal);
        return AsyncKernel.From(async context =>
        {
            var queue = context.Resource<Queue>(0);
            var count = IndexTensor.Scalar(context.Input(1), "n");
            if (count < 0)
                throw EngineException.InvalidArgument($"DequeueManyOp requested {count} < 0 elements");
            QueueTuples.CheckTypes(queue, types);
            if (queue.Shapes.Count != types.Length)
                throw EngineException.InvalidArgument("DequeueMany and DequeueUpTo require the components to have specified shapes.");
            var fewer = upTo && queue is not SmallestFirstQueue;
            var tuples = count == 0 ? [] : await queue.DequeueAsync((int)count, fewer, context.Cancellation).ConfigureAwait(false);
            QueueTuples.Stack(context, tuples, queue.Shapes);
        });
    }
}
