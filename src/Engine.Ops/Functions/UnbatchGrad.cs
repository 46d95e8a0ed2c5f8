using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Functions;

/// <summary>Joins the gradients of the rows of a batch again; the call that has the batch waits for those of the others.</summary>
[Op("UnbatchGrad")]
internal sealed class UnbatchGrad : IOp
{
    /// <summary>How long the gradients of a batch may take to arrive.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    public static void InferShapes(InferenceContext c)
    {
        if (c.Input(2).HasRank && c.Input(2).Rank > 0)
            c.SetOutput(0, c.Input(2).With(0, -1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var name = node.String("shared_name") is { Length: > 0 } shared ? shared : node.Node.Name;
        var exchange = node.Session.Resources.GetOrCreate(node.String("container"), "unbatch gradient " + name, () => new BatchExchange());
        return AsyncKernel.From(async context =>
        {
            var original = context.Input(0);
            var rows = BatchExchange.Read(context.Input(1), original);
            exchange.Put(IndexTensor.Scalar(context.Input(3), "id"), context.Input(2).Share());
            if (rows.Length == 0)
            {
                var gradient = context.Input(2);
                context.AllocateZeros(0, gradient.Rank > 0 ? gradient.Shape.With(0, 0) : Shape.Vector(0));
                return;
            }
            var gradients = new Tensor[rows.Length];
            for (var i = 0; i < rows.Length; i++)
                gradients[i] = await exchange.Take(rows[i].Id, Timeout, context.Cancellation).ConfigureAwait(false);
            context.MoveOutput(0, Join(gradients));
        });
    }

    private static Tensor Join(Tensor[] gradients)
    {
        if (gradients.Length == 1)
            return gradients[0];
        var row = gradients[0].Rank > 0 ? gradients[0].Shape.Slice(1) : throw EngineException.InvalidArgument("Gradients of a batch must have rows.");
        if (!Array.TrueForAll(gradients, g => g.Rank > 0 && g.Shape.Slice(1) == row))
            throw EngineException.InvalidArgument("Gradients of a batch must agree in all dimensions but the first.");
        var joined = Tensor.Allocate(gradients[0].Type, Shape.Vector(gradients.Sum(g => g.Shape[0])).Concat(row));
        var start = 0L;
        foreach (var gradient in gradients)
        {
            using var target = joined.Rows(start, gradient.Shape[0]);
            target.CopyFrom(gradient);
            start += gradient.Shape[0];
            gradient.Dispose();
        }
        return joined;
    }
}
