namespace Engine.Io.Numpy;

/// <summary>The type in which two types meet: numpy's <c>promote_types</c>.</summary>
internal static class Promotion
{
    /// <summary>The smallest type that holds the values of both.</summary>
    internal static NumpyType Common(NumpyType a, NumpyType b)
    {
        if (a == b)
            return a;
        if (a.Kind == 'O' || b.Kind == 'O')
            return NumpyType.Object;
        if (a.Kind == 'U' || b.Kind == 'U')
            return NumpyType.Text;
        if (a.Kind == 'S' || b.Kind == 'S')
            return NumpyType.Bytes;
        if (a.Kind == 'b')
            return b;
        if (b.Kind == 'b')
            return a;
        if (a.Kind == 'c' || b.Kind == 'c')
            return NumpyType.Of(FloatSize(a) <= 4 && FloatSize(b) <= 4 ? DType.Complex64 : DType.Complex128);
        if (a.Kind == 'f' || b.Kind == 'f')
            return NumpyType.Of(Math.Max(FloatSize(a), FloatSize(b)) switch { <= 2 => DType.Float16, <= 4 => DType.Float32, _ => DType.Float64 });
        if (a.Kind == b.Kind)
            return a.Size >= b.Size ? a : b;
        var (signed, unsigned) = a.Kind == 'i' ? (a, b) : (b, a);
        if (signed.Size > unsigned.Size)
            return signed;
        return NumpyType.Of(unsigned.Size switch { 1 => DType.Int16, 2 => DType.Int32, 4 => DType.Int64, _ => DType.Float64 });
    }

    /// <summary>
    /// The type of an operation: scalars do not widen arrays of their kind. A Python number in an array's company counts by its kind alone.
    /// </summary>
    internal static NumpyType Result(NdArray a, NdArray b)
    {
        if (a.Rank == 0 == (b.Rank == 0))
            return Common(a.Type, b.Type);
        var (array, scalar) = a.Rank > 0 ? (a, b) : (b, a);
        if (!array.Type.IsNumber || !scalar.Type.IsNumber)
            return Common(a.Type, b.Type);
        return KindRank(scalar.Type.Kind) > KindRank(array.Type.Kind) ? Common(array.Type, scalar.Type) : Common(array.Type, Smallest(scalar, array.Type));
    }

    // Bytes of the float that holds a type's values.
    private static int FloatSize(NumpyType type) => type.Kind switch
    {
        'c' => type.Size / 2,
        'f' => type.Size,
        _ => type.Size switch { 1 => 2, 2 => 4, _ => 8 },
    };

    private static int KindRank(char kind) => kind switch { 'b' => 0, 'u' or 'i' => 1, _ => 2 };

    /// <summary>The smallest type of a scalar's kind that holds its value; a positive integer fits both signs and takes that of the array.</summary>
    private static NumpyType Smallest(NdArray scalar, NumpyType array)
    {
        switch (scalar.Type.Kind)
        {
            case 'f':
                var f = Math.Abs(scalar.Floats[0]);
                return NumpyType.Of(!(f > 65000) || double.IsInfinity(f) ? DType.Float16 : f <= 3.4e38 ? DType.Float32 : DType.Float64);
            case 'c':
                return NumpyType.Complex64;
            case 'b':
                return NumpyType.Bool;
        }
        var value = scalar.Integers[0];
        if (value < 0 && scalar.Type.Type == DType.UInt64)
            return NumpyType.UInt64;
        return NumpyType.Of(value < 0 || array.Kind == 'i'
            ? value switch { >= sbyte.MinValue and <= sbyte.MaxValue => DType.Int8, >= short.MinValue and <= short.MaxValue => DType.Int16, >= int.MinValue and <= int.MaxValue => DType.Int32, _ => DType.Int64 }
            : value switch { <= byte.MaxValue => DType.UInt8, <= ushort.MaxValue => DType.UInt16, <= uint.MaxValue => DType.UInt32, _ => DType.UInt64 });
    }
}
