using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Calls a body function with a counter and the loop variables, for each value of the counter.</summary>
[Op("For")]
internal sealed class For : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < 3; i++)
            c.Input(i, 0);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var body = node.Function("body");
        return BlockingKernel.WrapIfNeeded(new ForKernel(body), body);
    }

    private sealed class ForKernel(FunctionHandle body) : Kernel
    {
        public override bool IsSequential => body.IsPure;

        public override void Compute(KernelContext context)
        {
            long start = Bound(context, 0, "start");
            long limit = Bound(context, 1, "limit");
            long delta = Bound(context, 2, "delta");
            if (delta == 0 ? start != limit : delta > 0 ? start > limit : start < limit)
                throw EngineException.InvalidArgument($"delta {delta} does not lead from start {start} to limit {limit}");
            var variables = new Tensor[context.InputCount - 3];
            var arguments = new Tensor[variables.Length + 1];
            for (var i = 0; i < variables.Length; i++)
                variables[i] = context.Take(3 + i);
            for (var i = start; delta > 0 ? i < limit : i > limit; i += delta)
            {
                if (context.Cancellation.IsCancellationRequested)
                    throw EngineException.Cancelled("The run was cancelled.");
                arguments[0] = Tensor.Scalar((int)i);
                variables.CopyTo(arguments, 1);
                body.Call(context.Run, arguments, variables);
            }
            for (var i = 0; i < variables.Length; i++)
                context.MoveOutput(i, variables[i]);
        }

        private static int Bound(KernelContext context, int input, string name)
        {
            var t = context.Input(input);
            return t.Rank == 0 ? t.AsSpan<int>()[0] : throw EngineException.InvalidArgument($"{name} must be a scalar, but it has shape {t.Shape}");
        }
    }
}
