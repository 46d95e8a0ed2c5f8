using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>Remainders of floats.</summary>
internal static class FloatRemainder
{
    /// <summary>The kernel for a float type; null for other types.</summary>
    internal static Kernel? Kernel<TBody>(DType type) where TBody : struct, IScalarBody2<float, float>, IScalarBody2<double, double> => type switch
    {
        DType.Float32 => MapBinary.Scalar<TBody, float, float>(20),
        DType.Float64 => MapBinary.Scalar<TBody, double, double>(20),
        DType.Float16 => MapBinary.Narrow<ScalarLoop2<TBody, float, float>, Half>(20),
        DType.BFloat16 => MapBinary.Narrow<ScalarLoop2<TBody, float, float>, BFloat16>(20),
        _ => null,
    };
}
