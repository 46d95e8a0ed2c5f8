using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Engine.Ops.Lanes;

namespace Engine.Conformance.Running;

/// <summary>What the processor offers, so that runs with instruction sets off can be told apart.</summary>
internal static class VectorWidths
{
    internal static string Describe()
        => $"Kernels run at {LaneWidth.Current}; hardware: Vector512 {Yes(Vector512.IsHardwareAccelerated)}, Vector256 {Yes(Vector256.IsHardwareAccelerated)}, "
            + $"Vector128 {Yes(Vector128.IsHardwareAccelerated)}, FMA {Yes(Fma.IsSupported || AdvSimd.IsSupported)}";

    private static string Yes(bool on) => on ? "yes" : "no";
}
