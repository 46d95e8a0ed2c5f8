using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Kernels that compare numbers.</summary>
internal static class Comparison
{
    /// <summary>The kernel for a real type; null for other types.</summary>
    /// <typeparam name="TBody">Answers with a mask.</typeparam>
    internal static OpModel.Kernel? Kernel<TBody>(DType type) where TBody : struct, INumberBody2 => type switch
    {
        DType.Float16 => new BinaryKernel<NarrowInputLoop2<CompareLoop<TBody, float>, Half, byte>, Half, byte>(4),
        DType.BFloat16 => new BinaryKernel<NarrowInputLoop2<CompareLoop<TBody, float>, BFloat16, byte>, BFloat16, byte>(4),
        _ => ElementTypes.Real(type, default(Factory<TBody>)),
    };

    /// <summary>The integer type with the same storage as a quantized type; others as they are.</summary>
    internal static DType Unquantized(this DType type) => type switch
    {
        DType.QInt8 => DType.Int8,
        DType.QUInt8 => DType.UInt8,
        DType.QInt16 => DType.Int16,
        DType.QUInt16 => DType.UInt16,
        DType.QInt32 => DType.Int32,
        _ => type,
    };

    private readonly struct Factory<TBody> : IRealFactory where TBody : struct, INumberBody2
    {
        public OpModel.Kernel Create<T>() where T : unmanaged, System.Numerics.INumber<T>
            => new BinaryKernel<CompareLoop<TBody, T>, T, byte>(2);
    }
}
