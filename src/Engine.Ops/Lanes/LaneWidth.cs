using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Engine.Ops.Lanes;

/// <summary>The width that element-wise kernels run at on this processor.</summary>
internal static class LaneWidth
{
    /// <summary>
    /// The widest register in use and whether products fuse, such as "Vector512+FMA". DOTNET_PreferredVectorBitWidth bounds it.
    /// </summary>
    public static string Current => Width + (Fma.IsSupported || AdvSimd.Arm64.IsSupported ? "+FMA" : "");

    private static string Width
        => Vector512.IsHardwareAccelerated ? "Vector512"
        : Vector256.IsHardwareAccelerated ? "Vector256"
        : Vector128.IsHardwareAccelerated ? "Vector128"
        : "Scalar";
}
