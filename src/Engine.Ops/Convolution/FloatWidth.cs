using System.Runtime.Intrinsics;
using Engine.Ops.Lanes;

namespace Engine.Ops.Convolution;

/// <summary>Calls an action with the float lanes that this process uses.</summary>
internal static class FloatWidth
{
    /// <summary>Floats in a vector of those lanes.</summary>
    public static int Count
        => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>Floats in the longest vector that this process uses and that has at most so many.</summary>
    public static int CountWithin(long most)
    {
        int count = Count;
        while (count > most && count > 1)
            count = count == 4 ? 1 : count / 2;
        return count;
    }

    /// <summary>Calls the action.</summary>
    public static void Invoke<TAction>(ref TAction action)
        where TAction : struct, IFloatAction
        => Invoke(ref action, Count);

    /// <summary>Calls the action with lanes of so many floats, which must be those of a vector that this process uses.</summary>
    public static void Invoke<TAction>(ref TAction action, int count)
        where TAction : struct, IFloatAction
    {
        if (Vector512.IsHardwareAccelerated && count == 16)
            action.Invoke<Lanes512<float>, Vector512<float>>();
        else if (Vector256.IsHardwareAccelerated && count == 8)
            action.Invoke<Lanes256<float>, Vector256<float>>();
        else if (Vector128.IsHardwareAccelerated && count == 4)
            action.Invoke<Lanes128<float>, Vector128<float>>();
        else
            action.Invoke<ScalarLanes<float>, float>();
    }
}
