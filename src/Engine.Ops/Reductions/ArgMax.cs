using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;

namespace Engine.Ops.Reductions;

/// <summary>Where the largest element lies along a dimension: the first of equal ones; NaN is passed over.</summary>
[Op("ArgMax")]
internal sealed class ArgMax : IOp
{
    public static void InferShapes(InferenceContext c) => ArgumentKernels.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => ArgumentKernels.Create<Larger>(node);

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    private readonly struct Larger : IPreference
    {
        public static bool IsBetter<T>(T x, T than) where T : System.Numerics.INumber<T> => x > than;

        public static V IsBetter<W, V, T>(V x, V than) where W : struct, INumberLanes<V, T> where T : unmanaged => W.Greater(x, than);

        public static T Worst<T>() where T : System.Numerics.INumber<T> => T.CreateSaturating(double.NegativeInfinity);
    }
}
