using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engine.Ops.Gemm;

/// <summary>One element at a time, for processors or settings without vector instructions.</summary>
internal readonly unsafe struct GemmScalar<T> : IGemmLanes<T, T>
    where T : unmanaged, INumberBase<T>
{
    public static int Width => 1;

    public static int TileRows => 6;

    public static int TileVectors => 2;

    public static T Zero => T.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load(T* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, T value) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Broadcast(T value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Add(T left, T right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T MultiplyAdd(T left, T right, T addend) => (left * right) + addend;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(T value) => value;
}
