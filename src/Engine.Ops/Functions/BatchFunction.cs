using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Functions;

/// <summary>Calls a function on the rows of several calls at once; each call gets the results of its rows.</summary>
[Op("BatchFunction")]
internal sealed class BatchFunction : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var options = BatchOptions.Of(node);
        var function = node.Function("f");
        var inputs = node.Types("Tin").Length;
        var name = node.String("shared_name") is { Length: > 0 } shared ? shared : node.Node.Name + node.String("batching_queue");
        var queue = node.Session.Resources.GetOrCreate(node.String("container"), "batch function " + name, () => new BatchQueue(options));
        return AsyncKernel.From(context =>
        {
            var task = BatchTask.Of(context, inputs, options);
            if (task.Size > 0)
                return new ValueTask(queue.Enqueue(task, batch => Process(batch, function, inputs, options)));
            // No row, no call: the results are empty vectors.
            for (var i = 0; i < context.OutputCount; i++)
                context.Allocate(i, 0);
            return ValueTask.CompletedTask;
        });
    }

    private static void Process(List<BatchTask> batch, FunctionHandle function, int inputs, BatchOptions options)
    {
        var size = BatchRows.Size(batch);
        var padded = options.Padded(size);
        // What is captured is the same for all calls of a node.
        var context = batch[0].Context;
        var arguments = new Tensor[context.InputCount];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = i < inputs ? BatchRows.Join(batch, i, padded) : context.Input(i).Share();
        var results = function.Call(context.Run, arguments);
        for (var i = 0; i < results.Length; i++)
        {
            using var result = results[i];
            if (result.Rank == 0 || result.Shape[0] != padded)
                throw EngineException.FailedPrecondition("Batched output tensor's 0th dimension does not equal the sum of the 0th dimension sizes of the input tensors");
            var start = 0L;
            foreach (var task in batch)
            {
                task.Context.MoveOutput(i, result.Rows(start, task.Size));
                start += task.Size;
            }
        }
    }
}
