using Engine.Ops.Elementwise;
using Engine.Ops.Lanes;
using Engine.Ops.Nn;

namespace Engine.Ops.Gemm;

/// <summary>An activation with a parameter, which most ignore.</summary>
internal interface IActivationBody
{
    /// <summary>The function on a register.</summary>
    static abstract V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged;
}

/// <summary>The activations, step by step as the ops compute them that they stand for.</summary>
internal static class ActivationBodies
{
    internal readonly struct None : IActivationBody
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged => x;
    }

    internal readonly struct OfFloat<TBody> : IActivationBody where TBody : struct, Traversal.IFloatBody
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged => TBody.Invoke<W, V, T>(x);
    }

    internal readonly struct OfNumber<TBody> : IActivationBody where TBody : struct, Traversal.INumberBody
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged => TBody.Invoke<W, V, T>(x);
    }

    internal readonly struct LeakyRelu : IActivationBody
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Select(W.Greater(x, W.Zero), x, W.Mul(x, alpha));
    }

    /// <summary><c>x · sigmoid(x)</c>.</summary>
    internal readonly struct Swish : IActivationBody
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged => Nn.Swish.Body.Invoke<W, V, T>(x);
    }

    /// <summary><c>x/2 · (1 + erf(x/√2))</c>.</summary>
    internal readonly struct GeluExact : IActivationBody
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged
            => W.Mul(W.Mul(Constant.Of<W, V, T>(0.5), x), W.Add(W.One, W.Erf(W.Mul(x, Constant.Of<W, V, T>(0.70710678118654752440)))));
    }

    /// <summary><c>x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))</c>.</summary>
    internal readonly struct GeluApproximate : IActivationBody
    {
        public static V Invoke<W, V, T>(V x, V alpha) where W : struct, IFloatLanes<V, T> where T : unmanaged
        {
            var cube = W.Mul(W.Mul(x, x), x);
            var inner = W.Mul(Constant.Of<W, V, T>(0.79788456080286535588), W.Add(x, W.Mul(Constant.Of<W, V, T>(0.044715), cube)));
            return W.Mul(W.Mul(Constant.Of<W, V, T>(0.5), x), W.Add(W.One, W.Tanh(inner)));
        }
    }
}
