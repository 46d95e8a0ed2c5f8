using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.ControlFlow;

/// <summary>The first of its inputs that is alive, and which one it is.</summary>
[Op("Merge", "RefMerge")]
internal sealed class Merge : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        for (var i = 1; i < c.InputCount; i++)
            shape = Common(shape, c.Input(i));
        c.SetOutput(0, shape);
        c.SetOutput(1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node) => new MergeKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        var alive = g.NewNode("_SwitchN").Input(g.OutputGradient(0)).Input(g.Output(1)).Attr("num_outs", g.InputCount).Build();
        var gradients = new Gradient?[g.InputCount];
        for (var i = 0; i < gradients.Length; i++)
            gradients[i] = alive[i];
        return gradients;
    }

    private static PartialShape Common(PartialShape a, PartialShape b)
    {
        if (!a.HasRank || a.Rank != b.Rank)
            return PartialShape.Unknown;
        for (var i = 0; i < a.Rank; i++)
            a = a[i] == b[i] ? a : a.With(i, -1);
        return a;
    }

    private sealed class MergeKernel : Kernel
    {
        public override void Compute(KernelContext context)
        {
            for (var i = 0; i < context.InputCount; i++)
            {
                // A dead input has no tensor.
                if (context.Input(i) is null)
                    continue;
                context.Forward(i, 0);
                context.Allocate(1, Shape.Scalar).AsSpan<int>()[0] = i;
                return;
            }
            throw EngineException.Internal("Merge op has no live inputs.");
        }
    }
}
