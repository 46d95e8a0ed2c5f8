using System.Numerics;
using Engine.Tensors;

namespace Engine;

/// <summary>Scalars of an element type that is known only at run time.</summary>
public static class ScalarTensors
{
    /// <summary>A scalar of type <paramref name="type"/>, converted from <paramref name="value"/> (truncated for integers).</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for types without numbers.</exception>
    public static Tensor Make(double value, DType type) => type switch
    {
        DType.Float32 => Tensor.Scalar((float)value),
        DType.Float64 => Tensor.Scalar(value),
        DType.Float16 => Tensor.Scalar((Half)value),
        DType.BFloat16 => Tensor.Scalar((BFloat16)(float)value),
        DType.Int8 => Tensor.Scalar((sbyte)value),
        DType.UInt8 => Tensor.Scalar((byte)value),
        DType.Int16 => Tensor.Scalar((short)value),
        DType.UInt16 => Tensor.Scalar((ushort)value),
        DType.Int32 => Tensor.Scalar((int)value),
        DType.UInt32 => Tensor.Scalar((uint)value),
        DType.Int64 => Tensor.Scalar((long)value),
        DType.UInt64 => Tensor.Scalar((ulong)value),
        DType.Bool => Tensor.Scalar(value != 0),
        DType.Complex64 => Tensor.Scalar(new Complex64((float)value, 0)),
        DType.Complex128 => Tensor.Scalar(new Complex(value, 0)),
        _ => throw EngineException.InvalidArgument($"There are no {type.Name()} numbers."),
    };
}
