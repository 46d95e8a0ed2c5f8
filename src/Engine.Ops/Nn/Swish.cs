using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Ops.LinearAlgebra;
using Engine.Ops.Traversal;

namespace Engine.Ops.Nn;

/// <summary>x times the logistic function of x: what plans have in place of the two ops.</summary>
[Op("_Swish", Definition = "_Swish(features:T) -> (activations:T) {T:type in [half,bfloat16,float,double]}")]
internal sealed class Swish : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node) => MapUnary.Float<Body>(node.Type("T"), cost: 20) ?? throw node.NoKernel();

    public static bool Fuse(RewriteContext c) => ProductFusion.Activation(c, Activation.Swish) || ConvolutionFusion.Activate(c, Activation.Swish);

    /// <summary>Finds the product of a value and its logistic function.</summary>
    internal static bool Replaces(RewriteContext c)
    {
        if (!c.Type("T").IsFloating())
            return false;
        for (int side = 0; side < 2; side++)
        {
            if (c.Input(side).Op == "Sigmoid" && c.Input(side).IsAbsorbable && c.Input(side).Input(0) == c.Input(1 - side))
                return c.Replace("_Swish", [c.Input(1 - side)]);
        }

        return false;
    }

    internal readonly struct Body : IFloatBody
    {
        // One division, through e^-|x|, which does not overflow: within 2 ULP like the product of x and its logistic function, at half the price.
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
        {
            var power = W.Exp(W.Neg(W.Abs(x)));
            return W.Div(W.Select(W.Less(x, W.Zero), W.Mul(x, power), x), W.Add(W.One, power));
        }
    }
}
