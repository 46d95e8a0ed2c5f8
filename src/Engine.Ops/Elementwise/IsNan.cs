using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>Whether an element is not a number.</summary>
[Op("IsNan")]
internal sealed class IsNan : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.FloatTest<Body>(node.Type("T")) ?? throw node.NoKernel();

    private readonly struct Body : INumberBody
    {
        // NaN alone differs from itself.
        public static V Invoke<W, V, T>(V x) where W : struct, INumberLanes<V, T> where T : unmanaged => W.NotEqual(x, x);
    }
}
