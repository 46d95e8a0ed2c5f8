using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Makes reduction kernels for an element type known at run time.</summary>
internal static class ReductionKernels
{
    /// <summary>The kernel for a real type; null for other types.</summary>
    internal static Kernel? Real<TReduction, TEnd>(DType type, bool keepDims) where TReduction : struct, IReduction where TEnd : struct, IReductionEnd => type switch
    {
        DType.Float32 => new ReductionKernel<TReduction, TEnd, float>(keepDims),
        DType.Float64 => new ReductionKernel<TReduction, TEnd, double>(keepDims),
        DType.Float16 => new NarrowReductionKernel<TReduction, TEnd, Half>(keepDims),
        DType.BFloat16 => new NarrowReductionKernel<TReduction, TEnd, BFloat16>(keepDims),
        DType.Int8 => new ReductionKernel<TReduction, TEnd, sbyte>(keepDims),
        DType.UInt8 => new ReductionKernel<TReduction, TEnd, byte>(keepDims),
        DType.Int16 => new ReductionKernel<TReduction, TEnd, short>(keepDims),
        DType.UInt16 => new ReductionKernel<TReduction, TEnd, ushort>(keepDims),
        DType.Int32 => new ReductionKernel<TReduction, TEnd, int>(keepDims),
        DType.UInt32 => new ReductionKernel<TReduction, TEnd, uint>(keepDims),
        DType.Int64 => new ReductionKernel<TReduction, TEnd, long>(keepDims),
        DType.UInt64 => new ReductionKernel<TReduction, TEnd, ulong>(keepDims),
        _ => null,
    };
}
