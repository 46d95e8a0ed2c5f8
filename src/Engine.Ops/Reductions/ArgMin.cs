using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>Where the smallest element lies along a dimension: the first of equal ones; NaN is passed over.</summary>
[Op("ArgMin")]
internal sealed class ArgMin : IOp
{
    public static void InferShapes(InferenceContext c) => ArgumentKernels.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node) => ArgumentKernels.Create<Smaller>(node);

    public static Gradient?[] Gradient(GradientContext g) => [null, null];

    private readonly struct Smaller : IPreference
    {
        public static bool IsBetter<T>(T x, T than) where T : System.Numerics.INumber<T> => x < than;
    }
}
