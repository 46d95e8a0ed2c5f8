using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Calls a body function on the loop variables as long as a condition function says so.</summary>
[Op("While", "StatelessWhile", "_While")]
internal sealed class While : IOp
{
    private static readonly Func<Tensor, bool> IsTrue = Truth.Of;

    public static void InferShapes(InferenceContext c) => FunctionShapes.FromAttr(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (condition, body) = node.Loop("cond", "body");
        var isOverSteps = node.Node.Graph.Library.Find(node.Node.Attr("body").AsFunction().Name) is { } function && function.Nodes.Any(n => n.Op == "TensorListGetItem");
        return StepLoopKernel.Make(node, isOverSteps ? node.Inside(condition, body) : null, () => BlockingKernel.WrapIfNeeded(new WhileKernel(condition, body), condition, body));
    }

    public static bool Fuse(RewriteContext c) => Recurrent.Replaces(c);

    /// <summary>Runs the loop on variables, which are given away and then hold the results.</summary>
    internal static void Iterate(RunContext run, FunctionHandle condition, FunctionHandle body, Tensor[] variables)
    {
        var arguments = new Tensor[variables.Length];
        var owned = true;
        try
        {
            while (condition.Evaluate(run, variables, IsTrue))
            {
                if (run.Cancellation.IsCancellationRequested)
                    throw EngineException.Cancelled("The run was cancelled.");
                variables.CopyTo(arguments, 0);
                owned = false;
                body.Call(run, arguments, variables);
                owned = true;
            }
        }
        catch when (owned)
        {
            foreach (var v in variables)
                v.Dispose();
            throw;
        }
    }

    public static Gradient?[] Gradient(GradientContext g) => new WhileGradient(g, g.Attr("cond").AsFunction(), g.Attr("body").AsFunction()).Build();

    /// <summary>The variables are given to the body, which may write them in place; the condition borrows them. An iteration allocates nothing of its own.</summary>
    private sealed class WhileKernel(FunctionHandle condition, FunctionHandle body) : Kernel
    {
        public override bool IsSequential => condition.IsPure && body.IsPure;

        public override void Compute(KernelContext context)
        {
            var variables = new Tensor[context.InputCount];
            for (var i = 0; i < variables.Length; i++)
                variables[i] = context.Take(i);
            Iterate(context.Run, condition, body, variables);
            for (var i = 0; i < variables.Length; i++)
                context.MoveOutput(i, variables[i]);
        }
    }
}
