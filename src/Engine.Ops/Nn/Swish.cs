using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>x times the logistic function of x: what plans have in place of the two ops.</summary>
[Op("_Swish", Definition = "_Swish(features:T) -> (activations:T) {T:type in [half,bfloat16,float,double]}")]
internal sealed class Swish : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Float<Body>(node.Type("T"), cost: 20) ?? throw node.NoKernel();

    internal readonly struct Body : IFloatBody
    {
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged => W.Mul(x, W.Sigmoid(x));
    }
}
