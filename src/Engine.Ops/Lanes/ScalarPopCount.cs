using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Ops.Lanes;

/// <summary>The number of set bits of one integer.</summary>
/// <typeparam name="T">The integer.</typeparam>
internal readonly struct ScalarPopCount<T> : IScalarFunction<T> where T : unmanaged, INumber<T>
{
    public static T Invoke(T x) => T.CreateTruncating(Unsafe.SizeOf<T>() switch
    {
        1 => BitOperations.PopCount(Unsafe.BitCast<T, byte>(x)),
        2 => BitOperations.PopCount(Unsafe.BitCast<T, ushort>(x)),
        4 => BitOperations.PopCount(Unsafe.BitCast<T, uint>(x)),
        _ => BitOperations.PopCount(Unsafe.BitCast<T, ulong>(x)),
    });
}
