using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Engine.Ops.Lanes;

namespace Engine.Ops.Traversal;

/// <summary>A comparison over memory: masks of registers become truth values of one byte, eight at a time.</summary>
/// <typeparam name="TBody">Answers with a mask.</typeparam>
/// <typeparam name="T">The numbers compared.</typeparam>
internal readonly struct CompareLoop<TBody, T> : IBinaryLoop<T, byte> where TBody : struct, INumberBody2 where T : unmanaged, INumber<T>
{
    private const int Group = 8;

    public static void Run(ref T x, ref T y, ref byte destination, nint count, bool xIsScalar, bool yIsScalar)
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
            i = Lanes<Lanes512<T>, Vector512<T>>(ref x, ref y, ref destination, i, count, xIsScalar, yIsScalar);
        if (Vector256.IsHardwareAccelerated)
            i = Lanes<Lanes256<T>, Vector256<T>>(ref x, ref y, ref destination, i, count, xIsScalar, yIsScalar);
        if (Vector128.IsHardwareAccelerated)
            i = Lanes<Lanes128<T>, Vector128<T>>(ref x, ref y, ref destination, i, count, xIsScalar, yIsScalar);
        for (; i < count; i++)
        {
            var mask = TBody.Invoke<ScalarLanes<T>, T, T>(xIsScalar ? x : Unsafe.Add(ref x, i), yIsScalar ? y : Unsafe.Add(ref y, i));
            Unsafe.Add(ref destination, i) = ScalarLanes<T>.Any(mask) ? (byte)1 : (byte)0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Lanes<W, V>(ref T x, ref T y, ref byte destination, nint i, nint count, bool xIsScalar, bool yIsScalar) where W : struct, INumberLanes<V, T>
    {
        var step = Math.Max(W.Count, Group);
        if (i + step > count)
            return i;
        var left = W.Broadcast(x);
        var right = W.Broadcast(y);
        for (; i + step <= count; i += step)
        {
            // Registers of fewer than eight numbers fill a group together.
            ulong bits = 0;
            for (var lane = 0; lane < step; lane += W.Count)
            {
                var a = xIsScalar ? left : W.Load(ref x, i + lane);
                var b = yIsScalar ? right : W.Load(ref y, i + lane);
                bits |= W.MaskBits(TBody.Invoke<W, V, T>(a, b)) << lane;
            }
            for (var lane = 0; lane < step; lane += Group)
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref destination, i + lane), Spread((byte)(bits >> lane)));
        }
        return i;
    }

    // Eight bits to eight bytes of 0 or 1. The product puts seven of the bits at distances where none meets another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Spread(byte bits)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitDeposit(bits, 0x0101010101010101UL);
        var low = (bits & 0x7FUL) * 0x0002040810204081UL;
        return (low & 0x0101010101010101UL) | (ulong)(bits >> 7) << 56;
    }
}
