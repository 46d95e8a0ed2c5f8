using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Whether all elements are true over dimensions; true where there is none.</summary>
[Op("All")]
internal sealed class All : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, ReductionPlan.Infer(c, c.Attr("keep_dims").AsBool()));

    public static Kernel CreateKernel(KernelBuilder node) => new ReductionKernel<Reduction, NoEnd, byte>(node.Bool("keep_dims"));

    // Truth values are bytes of 0 or 1.
    private readonly struct Reduction : IReduction
    {
        public static T Identity<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => T.One;

        public static V Combine<W, V, T>(V x, V y) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Min(x, y);
    }
}
