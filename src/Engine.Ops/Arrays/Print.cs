using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input itself; writes a message and the data to standard error, the first <c>first_n</c> times.</summary>
[Op("Print")]
internal sealed class Print : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var message = node.String("message");
        var limit = node.Int("summarize");
        var times = node.Int("first_n");
        var calls = node.State(() => new Counter());
        return Kernel.From(context =>
        {
            if (times < 0 || calls.Next() <= times)
                Console.Error.WriteLine(message + string.Concat(Enumerable.Range(1, context.InputCount - 1).Select(i => TensorSummary.Of(context.Input(i), limit))));
            context.Forward(0, 0);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradients = new Gradient?[g.InputCount];
        gradients[0] = g.OutputGradientOrNull(0);
        return gradients;
    }

    private sealed class Counter
    {
        private long count;

        internal long Next() => Interlocked.Increment(ref count);
    }
}
