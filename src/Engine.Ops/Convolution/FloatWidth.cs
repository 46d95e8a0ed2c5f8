using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Convolution;

/// <summary>Calls an action with the float lanes that this process uses.</summary>
internal static class FloatWidth
{
    /// <summary>Floats in a vector of those lanes.</summary>
    public static int Count
        => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Calls the action.</summary>
    public static void Invoke<TAction>(ref TAction action)
        where TAction : struct, IFloatAction
    {
        if (Vector512.IsHardwareAccelerated)
            action.Invoke<Lanes512<float>, Vector512<float>>();
        else if (Vector256.IsHardwareAccelerated)
            action.Invoke<Lanes256<float>, Vector256<float>>();
        else if (Vector128.IsHardwareAccelerated)
            action.Invoke<Lanes128<float>, Vector128<float>>();
        else
            action.Invoke<ScalarLanes<float>, float>();
    }
}
