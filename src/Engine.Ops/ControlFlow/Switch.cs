using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Passes its input to output 1 if the predicate holds, else to output 0; the other output is dead.</summary>
[Op("Switch", "RefSwitch")]
internal sealed class Switch : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        c.SetOutputs(c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new SwitchKernel();

    // The gradient comes from the branch that was taken; a branch that nobody differentiates gives zeros when it is taken.
    public static Gradient?[] Gradient(GradientContext g)
    {
        if (g.OutputGradientOrNull(0) is null && g.OutputGradientOrNull(1) is null)
            return [null, null];
        var zeros = g.NewNode("Switch").Input(g.NewNode("ZerosLike").Input(g.Input(0)).Build()[0]).Input(g.Input(1)).Build();
        var branches = new Value[2];
        for (var i = 0; i < 2; i++)
            branches[i] = g.OutputGradientOrNull(i) is null ? zeros[i] : g.OutputGradient(i);
        return [g.NewNode("Merge").Input(branches).Build()[0], null];
    }

    private sealed class SwitchKernel : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var predicate = context.Input(1);
            if (predicate.Rank != 0)
                throw EngineException.InvalidArgument($"The second input must be a scalar, but it has shape {predicate.Shape}");
            context.Forward(0, predicate.AsSpan<bool>()[0] ? 1 : 0);
        }
    }
}
