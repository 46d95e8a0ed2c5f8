using System.Runtime.CompilerServices;
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

    public static bool ActsOnRows(RewriteContext c) => c.BroadcastsToRows();

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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => typeof(T) == typeof(float) ? Single<W, V, T>(x) : Double<W, V, T>(x);

        // x / (1 + e^-x) is within 2 ULP down to -88.7, where the power overflows: from there on the result, below 3e-37, is zero. With -x = n ln 2 - s no sign is turned.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Single<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
        {
            var near = W.MaxLimit(Constant.Of<W, V, T>(-104), W.MinLimit(Constant.Of<W, V, T>(110), x));
            var n = W.Rint(W.Mul(near, Constant.Of<W, V, T>(-1.4426950408889634)));
            var s = W.Fma(n, Constant.Of<W, V, T>(1.42860677e-06), W.Fma(n, Constant.Of<W, V, T>(0.693145751953125), near));

            // e^-s, minimax on |s| <= ln 2 / 2.
            var power = Polynomial.Horner<W, V, T>(s, 1, -1, 0.4999999343, -0.166665204, 0.04166839079, -0.008368745113, 0.001381454003);
            return W.Div(x, W.Add(W.One, W.Scale(power, n)));
        }

        // Through e^-|x|, which does not overflow.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Double<W, V, T>(V x) where W : struct, IFloatLanes<V, T> where T : unmanaged
        {
            var power = W.Exp(W.Neg(W.Abs(x)));
            return W.Div(W.Select(W.Less(x, W.Zero), W.Mul(x, power), x), W.Add(W.One, power));
        }
    }
}
