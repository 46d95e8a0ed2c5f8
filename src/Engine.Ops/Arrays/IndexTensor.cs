namespace Engine.Ops.Arrays;

/// <summary>Integer tensors that say something about shapes: dimensions, axes, offsets.</summary>
internal static class IndexTensor
{
    /// <summary>The elements in row-major order.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a type without integers.</exception>
    internal static long[] Read(Tensor tensor)
    {
        var values = new long[tensor.AsIntegerCount()];
        switch (tensor.Type)
        {
            case DType.Int32: Widen<int>(tensor, values); break;
            case DType.Int64: Widen<long>(tensor, values); break;
            case DType.Int16: Widen<short>(tensor, values); break;
            case DType.UInt16: Widen<ushort>(tensor, values); break;
            case DType.Int8: Widen<sbyte>(tensor, values); break;
            case DType.UInt8: Widen<byte>(tensor, values); break;
            default: throw EngineException.InvalidArgument($"Expected integers, got {tensor.Type.Name()}.");
        }
        return values;
    }

    /// <summary>The elements of a vector.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank.</exception>
    internal static long[] Vector(Tensor tensor, string what)
        => tensor.Rank == 1 ? Read(tensor) : throw EngineException.InvalidArgument($"{what} must be a vector, got shape {tensor.Shape}");

    /// <summary>The only element of a scalar; a vector of one element will do where TensorFlow accepts it.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="what">What it is, for the error.</param>
    /// <param name="orVector">Whether a vector of one element is accepted.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape.</exception>
    internal static long Scalar(Tensor tensor, string what, bool orVector = false)
        => tensor.Rank == 0 || (orVector && tensor.Rank == 1 && tensor.Count == 1)
            ? Read(tensor)[0]
            : throw EngineException.InvalidArgument($"{what} must be a scalar, got shape {tensor.Shape}");

    /// <summary>The elements of a vector, or of a scalar as if it were one: old graphs have such sizes.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank.</exception>
    internal static long[] VectorOrScalar(Tensor tensor, string what) => tensor.Rank == 0 ? Read(tensor) : Vector(tensor, what);

    /// <summary>A vector of dimensions as a shape.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another rank, negative dimensions, too many of them or too many elements.</exception>
    internal static Shape Shape(Tensor tensor, string what) => new(Vector(tensor, what));

    /// <summary>Writes integers into a vector of int32 or int64.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when one does not fit.</exception>
    internal static void Write(ReadOnlySpan<long> values, Tensor tensor)
    {
        if (tensor.Type == DType.Int64)
        {
            values.CopyTo(tensor.AsSpan<long>());
            return;
        }
        var narrow = tensor.AsSpan<int>();
        for (var i = 0; i < narrow.Length; i++)
        {
            if (values[i] > int.MaxValue)
                throw EngineException.InvalidArgument($"{values[i]} does not fit the 32-bit output; ask for 64 bits with out_type.");
            narrow[i] = (int)values[i];
        }
    }

    /// <summary>An axis counted from the front.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT unless it lies in [-rank, rank).</exception>
    internal static int Axis(long axis, int rank, string what = "axis")
        => axis >= -rank && axis < rank
            ? (int)(axis < 0 ? axis + rank : axis)
            : throw EngineException.InvalidArgument($"{what} {axis} is out of range [{-rank}, {rank})");

    private static int AsIntegerCount(this Tensor tensor)
        => tensor.Count <= Array.MaxLength ? (int)tensor.Count : throw EngineException.InvalidArgument($"Shape {tensor.Shape} has too many elements for an index.");

    private static void Widen<T>(Tensor tensor, long[] values) where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var span = tensor.AsSpan<T>();
        for (var i = 0; i < span.Length; i++)
            values[i] = long.CreateTruncating(span[i]);
    }
}
