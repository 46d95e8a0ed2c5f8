using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Elementwise;
using Engine.Ops.Lanes;
using Engine.Ops.Nn;

namespace Engine.Ops.Gemm;

/// <summary>The loops of <see cref="Epilogue{T}"/> over a row, one for each activation.</summary>
internal static unsafe class EpilogueRows<T> where T : unmanaged, INumber<T>
{
    /// <summary>c = activation(c + bias + addend), for the elements of a row; bias and addend may be null.</summary>
    internal static delegate*<T*, T*, T*, nint, T, void> Of(Activation activation) => activation switch
    {
        Activation.None => &Row<ActivationBodies.None>,
        Activation.Relu => &Row<ActivationBodies.OfNumber<Relu.Body>>,
        Activation.Relu6 => &Row<ActivationBodies.OfNumber<Relu6.Body>>,
        Activation.LeakyRelu => &Row<ActivationBodies.LeakyRelu>,
        Activation.Elu => &Row<ActivationBodies.OfFloat<Elu.Body>>,
        Activation.Selu => &Row<ActivationBodies.OfFloat<Selu.Body>>,
        Activation.Tanh => &Row<ActivationBodies.OfFloat<Tanh.Body>>,
        Activation.Sigmoid => &Row<ActivationBodies.OfFloat<Sigmoid.Body>>,
        Activation.Softplus => &Row<ActivationBodies.OfFloat<Softplus.Body>>,
        Activation.GeluExact => &Row<ActivationBodies.GeluExact>,
        Activation.GeluApproximate => &Row<ActivationBodies.GeluApproximate>,
        _ => &Row<ActivationBodies.Swish>,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<TActivation>(T* c, T* bias, T* addend, nint count, T alpha)
        where TActivation : struct, IActivationBody
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
            i = Lanes<Lanes512<T>, Vector512<T>, TActivation>(c, bias, addend, i, count, alpha);
        if (Vector256.IsHardwareAccelerated)
            i = Lanes<Lanes256<T>, Vector256<T>, TActivation>(c, bias, addend, i, count, alpha);
        if (Vector128.IsHardwareAccelerated)
            i = Lanes<Lanes128<T>, Vector128<T>, TActivation>(c, bias, addend, i, count, alpha);
        Lanes<ScalarLanes<T>, T, TActivation>(c, bias, addend, i, count, alpha);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Lanes<W, V, TActivation>(T* c, T* bias, T* addend, nint i, nint count, T alpha)
        where W : struct, IFloatLanes<V, T>
        where TActivation : struct, IActivationBody
    {
        if (i + W.Count > count)
            return i;
        V parameter = W.Broadcast(alpha);
        for (; i + W.Count <= count; i += W.Count)
        {
            V x = W.Load(ref *c, i);
            if (bias is not null)
                x = W.Add(x, W.Load(ref *bias, i));
            if (addend is not null)
                x = W.Add(x, W.Load(ref *addend, i));
            W.Store(TActivation.Invoke<W, V, T>(x, parameter), ref *c, i);
        }

        return i;
    }
}
