using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Calls the function that an index names, the last for an index out of range.</summary>
[Op("Case", "StatelessCase")]
internal sealed class Case : IOp
{
    public static void InferShapes(InferenceContext c) => FunctionShapes.FromAttr(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var branches = node.Functions("branches", firstInput: 1);
        return BlockingKernel.WrapIfNeeded(new CaseKernel(branches), branches);
    }

    public static Gradient?[] Gradient(GradientContext g) => BranchGradients.Of(
        g, [.. g.Attr("branches").AsList().Select(b => b.AsFunction())],
        (node, f) => node.Attr("branches", AttrValue.ListOf([.. f.Select(AttrValue.Of)])));

    private sealed class CaseKernel(FunctionHandle[] branches) : Kernel
    {
        public override bool IsSequential => Array.TrueForAll(branches, b => b.IsPure);

        public override void Compute(KernelContext context)
        {
            var index = context.Input(0);
            if (index.Rank != 0)
                throw EngineException.InvalidArgument($"branch_index must be a scalar, but it has shape {index.Shape}");
            var chosen = index.AsSpan<int>()[0];
            CallBranch.Run(context, branches[(uint)chosen < (uint)branches.Length ? chosen : branches.Length - 1], 1);
        }
    }
}
