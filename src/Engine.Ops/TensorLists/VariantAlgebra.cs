using System.Numerics;
using System.Numerics.Tensors;
using Engine.Resources;
using Engine.Tensors;

namespace Engine.Ops.TensorLists;

/// <summary>Sums and zeros of tensors of any type, variants included: the elements of lists and arrays.</summary>
internal static class VariantAlgebra
{
    /// <summary>The sum of two tensors of the same type and shape.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when they do not fit, UNIMPLEMENTED for types without sums.</exception>
    internal static Tensor Add(Tensor x, Tensor y)
    {
        if (x.Type != y.Type || x.Shape != y.Shape)
            throw EngineException.InvalidArgument($"Cannot add {x.Type.Name()}{x.Shape} and {y.Type.Name()}{y.Shape}");
        return x.Type switch
        {
            DType.Float32 => Add<float>(x, y),
            DType.Float64 => Add<double>(x, y),
            DType.Float16 => Add<Half>(x, y),
            DType.BFloat16 => Add<BFloat16>(x, y),
            DType.Int8 => Add<sbyte>(x, y),
            DType.UInt8 => Add<byte>(x, y),
            DType.Int16 => Add<short>(x, y),
            DType.UInt16 => Add<ushort>(x, y),
            DType.Int32 => Add<int>(x, y),
            DType.UInt32 => Add<uint>(x, y),
            DType.Int64 => Add<long>(x, y),
            DType.UInt64 => Add<ulong>(x, y),
            DType.Complex64 => Add<Complex64>(x, y),
            DType.Complex128 => Add<Complex>(x, y),
            DType.Variant => Map(x, (v, i) => Add(v, y.AsSpan<object>()[i])),
            _ => throw EngineException.Unimplemented($"There is no sum of {x.Type.Name()} tensors"),
        };
    }

    /// <summary>A tensor of zeros of the same type and shape.</summary>
    internal static Tensor ZerosLike(Tensor x) => x.Type == DType.Variant ? Map(x, (v, _) => ZerosLike(v)) : Tensor.Zeros(x.Type, x.Shape);

    private static object Add(object x, object y) => x is IAddableVariant a
        ? a.Add(y)
        : throw EngineException.Internal($"A variant of type {x?.GetType().Name ?? "none"} cannot be added.");

    private static object ZerosLike(object x) => x is IZerosLikeVariant a
        ? a.ZerosLike()
        : throw EngineException.Internal($"There are no zeros like a variant of type {x?.GetType().Name ?? "none"}.");

    private static Tensor Add<T>(Tensor x, Tensor y) where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        var sum = Tensor.Allocate(x.Type, x.Shape);
        TensorPrimitives.Add<T>(x.AsSpan<T>(), y.AsSpan<T>(), sum.AsSpan<T>());
        return sum;
    }

    private static Tensor Map(Tensor x, Func<object, int, object> map)
    {
        var result = Tensor.Allocate(DType.Variant, x.Shape);
        var target = result.AsSpan<object>();
        for (var i = 0; i < target.Length; i++)
            target[i] = map(x.AsSpan<object>()[i], i);
        return result;
    }
}
