using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Engine.Ops.Gemm;

/// <summary>Chooses the lanes of the matrix kernels: the widest that the processor runs at full speed. The same for a whole process.</summary>
internal static class GemmWidth
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<T, TAction>(ref TAction action)
        where T : unmanaged, INumberBase<T>
        where TAction : struct, IGemmAction<T>
    {
        if (Vector512.IsHardwareAccelerated)
            action.Invoke<GemmLanes512<T>, Vector512<T>>();
        else if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
            action.Invoke<GemmLanes256<T>, Vector256<T>>();
        else if (Vector128.IsHardwareAccelerated)
            action.Invoke<GemmLanes128<T>, Vector128<T>>();
        else
            action.Invoke<GemmScalar<T>, T>();
    }
}
