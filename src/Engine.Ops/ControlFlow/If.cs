using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Calls one function if the condition is true, another if not.</summary>
[Op("If", "StatelessIf", "_If")]
internal sealed class If : IOp
{
    public static void InferShapes(InferenceContext c) => FunctionShapes.FromAttr(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var whenTrue = node.Function("then_branch", firstInput: 1);
        var whenFalse = node.Function("else_branch", firstInput: 1);
        return BlockingKernel.WrapIfNeeded(new IfKernel(whenTrue, whenFalse), whenTrue, whenFalse);
    }

    public static Gradient?[] Gradient(GradientContext g) => BranchGradients.Of(
        g, [g.Attr("then_branch").AsFunction(), g.Attr("else_branch").AsFunction()],
        (node, f) => node.Attr("then_branch", AttrValue.Of(f[0])).Attr("else_branch", AttrValue.Of(f[1])));

    private sealed class IfKernel(FunctionHandle whenTrue, FunctionHandle whenFalse) : Kernel
    {
        public override bool IsSequential => whenTrue.IsPure && whenFalse.IsPure;

        public override void Compute(KernelContext context) => CallBranch.Run(context, Truth.Of(context.Input(0)) ? whenTrue : whenFalse, 1);
    }
}
