using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Engine.Ops.Elementwise;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Ops.Nn;

namespace Engine.Ops.Convolution;

/// <summary>Activations of finished tiles: rows of a few vectors, so that one call does all of them.</summary>
internal static unsafe class ActivationRows
{
    /// <summary>The loop of an activation: first value, distance of rows, rows, columns, the activation's parameter.</summary>
    internal static delegate*<float*, long, long, long, float, void> Of(Activation activation) => activation switch
    {
        Activation.None => &Rows<ActivationBodies.None>,
        Activation.Relu => &Rows<ActivationBodies.OfNumber<Relu.Body>>,
        Activation.Relu6 => &Rows<ActivationBodies.OfNumber<Relu6.Body>>,
        Activation.LeakyRelu => &Rows<ActivationBodies.LeakyRelu>,
        Activation.Elu => &Rows<ActivationBodies.OfFloat<Elu.Body>>,
        Activation.Selu => &Rows<ActivationBodies.OfFloat<Selu.Body>>,
        Activation.Tanh => &Rows<ActivationBodies.OfFloat<Tanh.Body>>,
        Activation.Sigmoid => &Rows<ActivationBodies.OfFloat<Sigmoid.Body>>,
        Activation.Softplus => &Rows<ActivationBodies.OfFloat<Softplus.Body>>,
        Activation.GeluExact => &Rows<ActivationBodies.GeluExact>,
        Activation.GeluApproximate => &Rows<ActivationBodies.GeluApproximate>,
        _ => &Rows<ActivationBodies.Swish>,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TActivation>(float* values, long step, long rows, long columns, float alpha)
        where TActivation : struct, IActivationBody
    {
        for (; rows > 0; rows--, values += step)
        {
            long i = 0;
            if (Vector512.IsHardwareAccelerated)
                i = Lanes<Lanes512<float>, Vector512<float>, TActivation>(values, i, columns, alpha);
            if (Vector256.IsHardwareAccelerated)
                i = Lanes<Lanes256<float>, Vector256<float>, TActivation>(values, i, columns, alpha);
            if (Vector128.IsHardwareAccelerated)
                i = Lanes<Lanes128<float>, Vector128<float>, TActivation>(values, i, columns, alpha);
            Lanes<ScalarLanes<float>, float, TActivation>(values, i, columns, alpha);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Lanes<W, V, TActivation>(float* values, long i, long count, float alpha)
        where W : struct, IFloatLanes<V, float>
        where TActivation : struct, IActivationBody
    {
        V parameter = W.Broadcast(alpha);
        for (; i + W.Count <= count; i += W.Count)
            W.Store(TActivation.Invoke<W, V, float>(W.Load(ref values[i], 0), parameter), ref values[i], 0);
        return i;
    }
}
