using System.Numerics;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.LinearAlgebra;

/// <summary>Tensors as stacks of matrices in their last two dimensions.</summary>
internal static unsafe class MatrixStack
{
    /// <summary>The shape function's check of a stack of square matrices.</summary>
    internal static PartialShape InferSquare(InferenceContext c, int input = 0)
    {
        PartialShape shape = c.WithRankAtLeast(c.Input(input), 2);
        if (shape.HasRank && shape[-1] >= 0 && shape[-2] >= 0 && shape[-1] != shape[-2])
            throw c.Fail($"Dimensions must be equal, but are {shape[-2]} and {shape[-1]}");
        return shape;
    }

    /// <summary>The dimensions before the matrices.</summary>
    internal static PartialShape Outer(PartialShape shape) => shape.HasRank ? shape.Slice(0, shape.Rank - 2) : shape;

    /// <exception cref="EngineException">INVALID_ARGUMENT for vectors and scalars, or matrices beyond what arrays hold.</exception>
    internal static void Check(Tensor tensor)
    {
        if (tensor.Rank < 2)
            throw EngineException.InvalidArgument($"Input tensor must have rank >= 2, got {tensor.Shape}");
        if (tensor.Shape[-1] > int.MaxValue || tensor.Shape[-2] > int.MaxValue || tensor.Shape[-1] * tensor.Shape[-2] > int.MaxValue)
            throw EngineException.ResourceExhausted($"Matrices of shape {tensor.Shape} are too large.");
    }

    /// <exception cref="EngineException">INVALID_ARGUMENT unless it is a stack of square matrices.</exception>
    internal static void CheckSquare(Tensor tensor)
    {
        Check(tensor);
        if (tensor.Shape[-1] != tensor.Shape[-2])
            throw EngineException.InvalidArgument($"Input matrices must be squares, got {tensor.Shape[-2]} != {tensor.Shape[-1]}");
    }

    internal static Matrix<T> Read<T>(Tensor tensor, long index)
        where T : unmanaged, INumberBase<T>
    {
        var m = new Matrix<T>((int)tensor.Shape[-2], (int)tensor.Shape[-1]);
        long start = index * m.Items.Length;
        Span<T> items = m.Items;
        switch (tensor.Type)
        {
            case DType.Float32: Convert(tensor.Pointer<float>() + start, items); break;
            case DType.Float64: Convert(tensor.Pointer<double>() + start, items); break;
            case DType.Float16: Convert(tensor.Pointer<Half>() + start, items); break;
            case DType.BFloat16: Convert(tensor.Pointer<BFloat16>() + start, items); break;
            case DType.Complex64: Convert(tensor.Pointer<Complex64>() + start, items); break;
            default: Convert(tensor.Pointer<Complex>() + start, items); break;
        }
        return m;
    }

    internal static void Write<T>(Matrix<T> m, Tensor tensor, long index)
        where T : unmanaged, INumberBase<T>
    {
        long start = index * m.Items.Length;
        ReadOnlySpan<T> items = m.Items;
        switch (tensor.Type)
        {
            case DType.Float32: Convert(items, tensor.Pointer<float>() + start); break;
            case DType.Float64: Convert(items, tensor.Pointer<double>() + start); break;
            case DType.Float16: Convert(items, tensor.Pointer<Half>() + start); break;
            case DType.BFloat16: Convert(items, tensor.Pointer<BFloat16>() + start); break;
            case DType.Int32: Convert(items, tensor.Pointer<int>() + start); break;
            case DType.Int64: Convert(items, tensor.Pointer<long>() + start); break;
            case DType.Complex64:
                for (int i = 0; i < items.Length; i++)
                    tensor.Pointer<Complex64>()[start + i] = (Complex64)ToComplex(items[i]);
                break;
            default:
                for (int i = 0; i < items.Length; i++)
                    tensor.Pointer<Complex>()[start + i] = ToComplex(items[i]);
                break;
        }
    }

    private static Complex ToComplex<T>(T value) => typeof(T) == typeof(Complex) ? (Complex)(object)value! : (double)(object)value!;

    private static void Convert<TFrom, T>(TFrom* from, Span<T> to)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < to.Length; i++)
        {
            // Conversions of generic math refuse imaginary parts.
            if (typeof(TFrom) == typeof(Complex64))
                to[i] = (T)(object)(Complex)(Complex64)(object)from[i];
            else if (typeof(TFrom) == typeof(Complex))
                to[i] = (T)(object)from[i];
            else
                to[i] = Field<T>.Of(double.CreateTruncating(from[i]));
        }
    }

    private static void Convert<T, TTo>(ReadOnlySpan<T> from, TTo* to)
        where T : unmanaged, INumberBase<T>
        where TTo : unmanaged, INumberBase<TTo>
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = TTo.CreateTruncating(Field<T>.Real(from[i]));
    }
}
