using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Sum over dimensions; integers wrap.</summary>
[Op("Sum")]
internal sealed class Sum : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, ReductionPlan.Infer(c, c.Attr("keep_dims").AsBool()));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var keepDims = node.Bool("keep_dims");
        return node.Type("T") switch
        {
            DType.Complex64 => new ReductionKernel<Reduction, NoEnd, float>(keepDims, 2),
            DType.Complex128 => new ReductionKernel<Reduction, NoEnd, double>(keepDims, 2),
            var type => ReductionKernels.Real<Reduction, NoEnd>(type, keepDims) ?? throw node.NoKernel(),
        };
    }

    public static bool ActsOnRows(RewriteContext c) => RowAxes.Keep(c, c.Input(1));

    public static Gradient?[] Gradient(GradientContext g) => [ReductionGradients.Spread(g, g.OutputGradient(0)), null];

    internal readonly struct Reduction : IReduction
    {
        public static T Identity<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.Zero;

        public static V Combine<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Add(x, y);
    }
}
