using System.Numerics;
using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Fourier;

/// <summary>Something to do with the lanes of whichever width this process uses.</summary>
internal interface ILaneAction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    void Invoke<W, V>() where W : struct, IFloatLanes<V, T>;
}

/// <summary>Calls an action with the lanes that this process uses.</summary>
internal static class TransformWidth
{
    /// <summary>Numbers in a vector of those lanes.</summary>
    internal static int Count<T>()
        => Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128.IsHardwareAccelerated ? Vector128<T>.Count : 1;

    /// <summary>Calls the action.</summary>
    internal static void Invoke<T, TAction>(ref TAction action)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TAction : struct, ILaneAction<T>
    {
        if (Vector512.IsHardwareAccelerated)
            action.Invoke<Lanes512<T>, Vector512<T>>();
        else if (Vector256.IsHardwareAccelerated)
            action.Invoke<Lanes256<T>, Vector256<T>>();
        else if (Vector128.IsHardwareAccelerated)
            action.Invoke<Lanes128<T>, Vector128<T>>();
        else
            action.Invoke<ScalarLanes<T>, T>();
    }
}
