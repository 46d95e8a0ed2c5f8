using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Functions;

/// <summary>Gives each call its rows of a batch back.</summary>
[Op("Unbatch")]
internal sealed class Unbatch : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.WithRankAtLeast(c.Input(0), 1) is { HasRank: true } shape)
            c.SetOutput(0, shape.With(0, -1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var name = node.String("shared_name") is { Length: > 0 } shared ? shared : node.Node.Name;
        var exchange = node.Session.Resources.GetOrCreate(node.String("container"), "unbatch " + name, () => new BatchExchange());
        var timeout = TimeSpan.FromMicroseconds(Math.Max(0, node.Int("timeout_micros")));
        return AsyncKernel.From(async context =>
        {
            var batched = context.Input(0);
            foreach (var (id, start, count) in BatchExchange.Read(context.Input(1), batched))
                exchange.Put(id, batched.Rows(start, count));
            var own = IndexTensor.Scalar(context.Input(2), "id");
            context.MoveOutput(0, await exchange.Take(own, timeout, context.Cancellation).ConfigureAwait(false));
        });
    }
}
