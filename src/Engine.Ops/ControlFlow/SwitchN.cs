using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>Passes its input to the output that an index names, the last for an index out of range; the others are dead.</summary>
[Op("_SwitchN")]
internal sealed class SwitchN : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        c.SetOutputs(c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node) => new SwitchKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var zeros = g.NewNode("_SwitchN").Input(g.NewNode("ZerosLike").Input(g.Input(0)).Build()[0]).Input(g.Input(1)).Attr("num_outs", g.OutputCount).Build();
        var branches = new Value[g.OutputCount];
        for (var i = 0; i < branches.Length; i++)
            branches[i] = g.OutputGradientOrNull(i) is null ? zeros[i] : g.OutputGradient(i);
        return [g.NewNode("Merge").Input(branches).Build()[0], null];
    }

    private sealed class SwitchKernel : Kernel
    {
        public override void Compute(KernelContext context)
        {
            var index = context.Input(1);
            if (index.Rank != 0)
                throw EngineException.InvalidArgument($"The second input must be a scalar, but it has shape {index.Shape}");
            var chosen = index.AsSpan<int>()[0];
            context.Forward(0, (uint)chosen < (uint)context.OutputCount ? chosen : context.OutputCount - 1);
        }
    }
}
