using Engine.OpModel;

namespace Engine.Ops.Functions;

/// <summary>Joins the rows of several calls: one of the calls gets them all, with who gave which; the others get nothing.</summary>
[Op("Batch")]
internal sealed class Batch : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var count = c.OutputCount - 2;
        for (var i = 0; i < count && i < c.InputCount; i++)
            c.SetOutput(i, c.WithRankAtLeast(c.Input(i), 1) is { HasRank: true } shape ? shape.With(0, -1) : PartialShape.Unknown);
        c.SetOutput(count, new PartialShape(-1, 3));
        c.SetOutput(count + 1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var options = BatchOptions.Of(node);
        var name = node.String("shared_name") is { Length: > 0 } shared ? shared : node.Node.Name + node.String("batching_queue");
        var queue = node.Session.Resources.GetOrCreate(node.String("container"), "batch " + name, () => new BatchQueue(options));
        return AsyncKernel.From(context => new ValueTask(queue.Enqueue(BatchTask.Of(context, context.InputCount, options), batch => Process(batch, options))));
    }

    private static void Process(List<BatchTask> batch, BatchOptions options)
    {
        var leader = batch[0].Context;
        var count = leader.InputCount;
        var size = options.Padded(BatchRows.Size(batch));
        for (var i = 0; i < count; i++)
            leader.MoveOutput(i, BatchRows.Join(batch, i, size));
        var index = new long[3 * batch.Count];
        var start = 0L;
        for (var t = 0; t < batch.Count; t++)
        {
            var context = batch[t].Context;
            var id = context.Session.NextAnonymous();
            context.MoveOutput(count + 1, Tensor.Scalar(id));
            (index[3 * t], index[3 * t + 1], index[3 * t + 2]) = (id, start, start + batch[t].Size);
            start += batch[t].Size;
            if (t == 0)
                continue;
            for (var i = 0; i < count; i++)
                context.MoveOutput(i, Tensor.Zeros(batch[t].Inputs[i].Type, batch[t].Inputs[i].Shape.With(0, 0)));
            context.MoveOutput(count, Tensor.Zeros(DType.Int64, Shape.Matrix(0, 3)));
        }
        leader.MoveOutput(count, Tensor.From<long>(index, Shape.Matrix(batch.Count, 3)));
    }
}
