using System.Numerics;

using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Kernels from one element type to another.</summary>
internal static class Conversions
{
    /// <summary>The kernel; null where an element type has no numbers.</summary>
    internal static OpModel.Kernel? Kernel(DType from, DType to) => from switch
    {
        DType.Float32 => From<float>(to),
        DType.Float64 => From<double>(to),
        DType.Float16 => From<Half>(to),
        DType.BFloat16 => From<BFloat16>(to),
        DType.Float8E5M2 => From<Float8E5M2>(to),
        DType.Float8E4M3FN => From<Float8E4M3FN>(to),
        DType.Bool => From<bool>(to),
        DType.Int4 => From<Int4>(to),
        DType.UInt4 => From<UInt4>(to),
        DType.Int8 => From<sbyte>(to),
        DType.UInt8 => From<byte>(to),
        DType.Int16 => From<short>(to),
        DType.UInt16 => From<ushort>(to),
        DType.Int32 => From<int>(to),
        DType.UInt32 => From<uint>(to),
        DType.Int64 => From<long>(to),
        DType.UInt64 => From<ulong>(to),
        DType.Complex64 => From<Complex64>(to),
        DType.Complex128 => From<Complex>(to),
        _ => null,
    };

    private static OpModel.Kernel? From<TIn>(DType to) where TIn : unmanaged => to switch
    {
        DType.Float32 => Pair<TIn, float>(),
        DType.Float64 => Pair<TIn, double>(),
        DType.Float16 => Pair<TIn, Half>(),
        DType.BFloat16 => Pair<TIn, BFloat16>(),
        DType.Float8E5M2 => Pair<TIn, Float8E5M2>(),
        DType.Float8E4M3FN => Pair<TIn, Float8E4M3FN>(),
        DType.Bool => Pair<TIn, bool>(),
        DType.Int4 => Pair<TIn, Int4>(),
        DType.UInt4 => Pair<TIn, UInt4>(),
        DType.Int8 => Pair<TIn, sbyte>(),
        DType.UInt8 => Pair<TIn, byte>(),
        DType.Int16 => Pair<TIn, short>(),
        DType.UInt16 => Pair<TIn, ushort>(),
        DType.Int32 => Pair<TIn, int>(),
        DType.UInt32 => Pair<TIn, uint>(),
        DType.Int64 => Pair<TIn, long>(),
        DType.UInt64 => Pair<TIn, ulong>(),
        DType.Complex64 => Pair<TIn, Complex64>(),
        DType.Complex128 => Pair<TIn, Complex>(),
        _ => null,
    };

    private static OpModel.Kernel Pair<TIn, TOut>() where TIn : unmanaged where TOut : unmanaged
        => new UnaryKernel<ConversionLoop<TIn, TOut>, TIn, TOut>(1);
}
