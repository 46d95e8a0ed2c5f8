using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Largest element over dimensions; NaN where there is one, the lowest number where there is no element.</summary>
[Op("Max")]
internal sealed class Max : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, ReductionPlan.Infer(c, c.Attr("keep_dims").AsBool()));

    public static Kernel CreateKernel(KernelBuilder node)
        => ReductionKernels.Real<Reduction, NoEnd>(node.Type("T"), node.Bool("keep_dims")) ?? throw node.NoKernel();

    public static bool ActsOnRows(RewriteContext c) => RowAxes.Keep(c, c.Input(1));

    public static Gradient?[] Gradient(GradientContext g) => [ReductionGradients.OfSelected(g), null];

    internal readonly struct Reduction : IReduction
    {
        public static T Identity<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
            => typeof(T) == typeof(float) || typeof(T) == typeof(double) ? T.CreateTruncating(double.NegativeInfinity) : T.MinValue;

        public static V Combine<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Max(x, y);
    }
}
