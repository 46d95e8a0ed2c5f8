using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Calls a body function on the loop variables as long as a condition function says so.</summary>
[Op("While", "StatelessWhile", "_While")]
internal sealed class While : IOp
{
    public static void InferShapes(InferenceContext c) => FunctionShapes.FromAttr(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (condition, body) = node.Loop("cond", "body");
        var kernel = new WhileKernel(condition, body);
        return !node.Session.Options.DisabledPasses.Contains(PlanPasses.Fuse) && RecurrentLoop.Find(node) is { } recurrent
            ? new RecurrentKernel(recurrent, kernel)
            : BlockingKernel.WrapIfNeeded(kernel, condition, body);
    }

    public static Gradient?[] Gradient(GradientContext g) => new WhileGradient(g, g.Attr("cond").AsFunction(), g.Attr("body").AsFunction()).Build();

    /// <summary>The variables are given to the body, which may write them in place; the condition borrows them. An iteration allocates nothing of its own.</summary>
    private sealed class WhileKernel(FunctionHandle condition, FunctionHandle body) : Kernel
    {
        private static readonly Func<Tensor, bool> IsTrue = Truth.Of;

        public override void Compute(KernelContext context)
        {
            var variables = new Tensor[context.InputCount];
            var arguments = new Tensor[variables.Length];
            for (var i = 0; i < variables.Length; i++)
                variables[i] = context.Take(i);
            var owned = true;
            try
            {
                while (condition.Evaluate(context.Run, variables, IsTrue))
                {
                    if (context.Cancellation.IsCancellationRequested)
                        throw EngineException.Cancelled("The run was cancelled.");
                    variables.CopyTo(arguments, 0);
                    owned = false;
                    body.Call(context.Run, arguments, variables);
                    owned = true;
                }
            }
            catch when (owned)
            {
                foreach (var v in variables)
                    v.Dispose();
                throw;
            }
            for (var i = 0; i < variables.Length; i++)
                context.MoveOutput(i, variables[i]);
        }
    }
}
