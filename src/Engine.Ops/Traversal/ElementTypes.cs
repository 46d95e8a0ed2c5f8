using System.Numerics;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Traversal;

/// <summary>Makes a kernel for an element type that is known at run time only.</summary>
internal interface INumberFactory
{
    /// <summary>The kernel for <typeparamref name="T"/>: real or complex.</summary>
    Kernel Create<T>() where T : unmanaged, INumberBase<T>;
}

/// <summary>Makes a kernel for a real element type.</summary>
internal interface IRealFactory
{
    /// <summary>The kernel for <typeparamref name="T"/>: an integer or a float, 16-bit ones included.</summary>
    Kernel Create<T>() where T : unmanaged, INumber<T>;
}

/// <summary>Makes a kernel for an integer type.</summary>
internal interface IIntegerFactory
{
    /// <summary>The kernel for <typeparamref name="T"/>.</summary>
    Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;
}

/// <summary>Makes a kernel that moves elements without looking at them.</summary>
internal interface IMoveFactory
{
    /// <summary>The kernel for elements stored like <typeparamref name="T"/>: an unsigned integer of the element's size, or the object type.</summary>
    Kernel Create<T>();
}

/// <summary>From element types known at run time to generic code.</summary>
internal static class ElementTypes
{
    /// <summary>All real and complex types; null for others.</summary>
    internal static Kernel? Number<TFactory>(DType type, TFactory factory) where TFactory : INumberFactory => type switch
    {
        DType.Float32 => factory.Create<float>(),
        DType.Float64 => factory.Create<double>(),
        DType.Float16 => factory.Create<Half>(),
        DType.BFloat16 => factory.Create<BFloat16>(),
        DType.Int8 => factory.Create<sbyte>(),
        DType.UInt8 => factory.Create<byte>(),
        DType.Int16 => factory.Create<short>(),
        DType.UInt16 => factory.Create<ushort>(),
        DType.Int32 => factory.Create<int>(),
        DType.UInt32 => factory.Create<uint>(),
        DType.Int64 => factory.Create<long>(),
        DType.UInt64 => factory.Create<ulong>(),
        DType.Complex64 => factory.Create<Complex64>(),
        DType.Complex128 => factory.Create<Complex>(),
        _ => null,
    };

    /// <summary>Integers and floats; null for others.</summary>
    internal static Kernel? Real<TFactory>(DType type, TFactory factory) where TFactory : IRealFactory => type switch
    {
        DType.Float32 => factory.Create<float>(),
        DType.Float64 => factory.Create<double>(),
        DType.Float16 => factory.Create<Half>(),
        DType.BFloat16 => factory.Create<BFloat16>(),
        DType.Int8 => factory.Create<sbyte>(),
        DType.UInt8 => factory.Create<byte>(),
        DType.Int16 => factory.Create<short>(),
        DType.UInt16 => factory.Create<ushort>(),
        DType.Int32 => factory.Create<int>(),
        DType.UInt32 => factory.Create<uint>(),
        DType.Int64 => factory.Create<long>(),
        DType.UInt64 => factory.Create<ulong>(),
        _ => null,
    };

    /// <summary>Integers; null for others.</summary>
    internal static Kernel? Integer<TFactory>(DType type, TFactory factory) where TFactory : IIntegerFactory => type switch
    {
        DType.Int8 => factory.Create<sbyte>(),
        DType.UInt8 => factory.Create<byte>(),
        DType.Int16 => factory.Create<short>(),
        DType.UInt16 => factory.Create<ushort>(),
        DType.Int32 => factory.Create<int>(),
        DType.UInt32 => factory.Create<uint>(),
        DType.Int64 => factory.Create<long>(),
        DType.UInt64 => factory.Create<ulong>(),
        _ => null,
    };

    /// <summary>Every type, by the size of its elements.</summary>
    internal static Kernel Move<TFactory>(DType type, TFactory factory) where TFactory : IMoveFactory => type switch
    {
        DType.String => factory.Create<byte[]>(),
        DType.Resource => factory.Create<ResourceHandle>(),
        DType.Variant => factory.Create<object>(),
        _ => type.Size() switch
        {
            1 => factory.Create<byte>(),
            2 => factory.Create<ushort>(),
            4 => factory.Create<uint>(),
            8 => factory.Create<ulong>(),
            16 => factory.Create<UInt128>(),
            _ => throw EngineException.InvalidArgument($"There are no tensors of type {type.Name()}."),
        },
    };
}
