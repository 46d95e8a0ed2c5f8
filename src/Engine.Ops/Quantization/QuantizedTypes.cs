using System.Numerics;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>Makes a kernel for a quantized type.</summary>
internal interface IQuantizedFactory
{
    Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>From quantized types to the integers that store them.</summary>
internal static class QuantizedTypes
{
    /// <summary>The kernel for a type; null for one that is not quantized.</summary>
    public static Kernel? Create<TFactory>(DType type, TFactory factory) where TFactory : IQuantizedFactory => type switch
    {
        DType.QInt8 => factory.Create<sbyte>(),
        DType.QUInt8 => factory.Create<byte>(),
        DType.QInt16 => factory.Create<short>(),
        DType.QUInt16 => factory.Create<ushort>(),
        DType.QInt32 => factory.Create<int>(),
        _ => null,
    };
}
