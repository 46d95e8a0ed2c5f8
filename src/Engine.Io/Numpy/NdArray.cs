using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary>
/// An array as numpy has it, in C order. All integers lie in 64 bits (those of <c>uint64</c> as they are), all floats in double precision; results of
/// smaller types are rounded or wrapped to what the type can hold.
/// </summary>
internal sealed class NdArray
{
    private NdArray(NumpyType type, long[] shape, Array data)
    {
        Type = type;
        Shape = shape;
        Data = data;
    }

    internal NumpyType Type { get; }

    internal long[] Shape { get; }

    internal Array Data { get; }

    /// <summary>Whether the file that it came from holds the first dimension fastest; saved so again.</summary>
    internal bool IsFortran { get; private init; }

    internal int Rank => Shape.Length;

    internal long Count => Data.LongLength;

    internal long[] Integers => (long[])Data;

    internal double[] Floats => (double[])Data;

    internal Complex[] Complexes => (Complex[])Data;

    internal object?[] Objects => (object?[])Data;

    /// <summary>Wraps elements: long for bool and integers, double, Complex, or objects.</summary>
    internal static NdArray Of(NumpyType type, long[] shape, Array data, bool isFortran = false)
    {
        if (CountOf(shape) != data.LongLength)
            throw PythonException.Value($"cannot reshape array of size {data.LongLength} into shape {ShapeText(shape)}");
        return new(type, shape, data) { IsFortran = isFortran };
    }

    internal static NdArray Scalar(BigInteger value) => Of(NumpyType.Int64, [], new[] { (long)value });

    internal static NdArray Scalar(double value) => Of(NumpyType.Float64, [], new[] { value });

    internal static NdArray Scalar(bool value) => Of(NumpyType.Bool, [], new[] { value ? 1L : 0L });

    /// <summary>Zeros, or empty strings.</summary>
    internal static NdArray Zeros(NumpyType type, long[] shape) => new(type, shape, Storage(type, CountOf(shape)));

    /// <summary>An array for so many elements.</summary>
    internal static Array Storage(NumpyType type, long count)
    {
        switch (type.Kind)
        {
            case 'f':
            case 'V' when type.Type.IsFloating():
                return new double[count];
            case 'c':
                return new Complex[count];
            case 'U' or 'S' or 'O':
                var objects = new object?[count];
                Array.Fill(objects, type.Kind switch { 'U' => "", 'S' => Array.Empty<byte>(), _ => BigInteger.Zero });
                return objects;
            default:
                return new long[count];
        }
    }

    /// <summary>Elements of a shape.</summary>
    /// <exception cref="PythonException">MemoryError above what an expression may make, ValueError for negative dimensions.</exception>
    internal static long CountOf(ReadOnlySpan<long> shape)
    {
        const long most = 1L << 28;
        var count = 1L;
        var isEmpty = shape.Contains(0);
        foreach (var d in shape)
        {
            if (d < 0)
                throw PythonException.Value("negative dimensions are not allowed");
            if (!isEmpty && (d > most || (count *= d) > most))
                throw new PythonException("MemoryError", $"Unable to allocate an array with shape {ShapeText(shape)}");
        }
        return isEmpty ? 0 : count;
    }

    /// <summary>The same elements in another shape.</summary>
    internal NdArray Reshape(params long[] shape) => Of(Type, shape, Data);

    /// <summary>An element as Python has it.</summary>
    internal object? this[long index] => Type.Kind switch
    {
        'b' => Integers[index] != 0,
        'u' when Type.Type == DType.UInt64 => (BigInteger)(ulong)Integers[index],
        'f' => Floats[index],
        'c' => Complexes[index],
        'U' or 'S' or 'O' => Objects[index],
        _ => Data is double[] d ? d[index] : (BigInteger)Integers[index],
    };

    /// <summary>Strides of the dimensions, in elements.</summary>
    internal static long[] Strides(ReadOnlySpan<long> shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    /// <summary>Elements of this array by their places.</summary>
    internal NdArray Gather(long[] places, long[] shape)
    {
        var data = Storage(Type, places.LongLength);
        switch (Data)
        {
            case long[] from:
                for (var i = 0L; i < places.LongLength; i++)
                    ((long[])data)[i] = from[places[i]];
                break;
            case double[] from:
                for (var i = 0L; i < places.LongLength; i++)
                    ((double[])data)[i] = from[places[i]];
                break;
            default:
                for (var i = 0L; i < places.LongLength; i++)
                    data.SetValue(Data.GetValue(places[i]), i);
                break;
        }
        return Of(Type, shape, data);
    }

    /// <summary>A shape as numpy prints it.</summary>
    internal static string ShapeText(ReadOnlySpan<long> shape) => shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
}
