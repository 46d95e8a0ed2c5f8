using System.Numerics;
using Engine.Io.Python;
using Engine.Tensors;

namespace Engine.Io.Numpy;

/// <summary>Tensors as numpy's arrays and back.</summary>
internal static class TensorArrays
{
    /// <summary>The text of a tensor as numpy prints the array; of a large one only the elements shown are looked at.</summary>
    internal static string Print(Tensor tensor, PrintOptions options)
    {
        if (tensor.Count <= options.Threshold)
            return ArrayPrinter.Print(ToArray(tensor), options);
        var edges = 2L * options.EdgeItems;
        var shape = tensor.Shape.Dims.ToArray();
        var corners = Array.ConvertAll(shape, d => Math.Min(d, Math.Max(edges, 0)));
        var strides = NdArray.Strides(shape);
        List<long> places = [0];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var next = new List<long>();
            foreach (var place in places)
            {
                for (var i = 0L; i < corners[axis]; i++)
                    next.Add(place + (corners[axis] < shape[axis] && i >= options.EdgeItems ? shape[axis] - corners[axis] + i : i) * strides[axis]);
            }
            places = next;
        }
        return ArrayPrinter.Print(Take(tensor, [.. places], corners), options, shape);
    }

    /// <summary>All elements.</summary>
    internal static NdArray ToArray(Tensor tensor) => Take(tensor, null, tensor.Shape.Dims.ToArray());

    /// <summary>A tensor of another element type: elements are converted as numpy's <c>astype</c> does.</summary>
    /// <exception cref="PythonException">TypeError or ValueError when an element cannot be converted.</exception>
    internal static Tensor ToTensor(NdArray array, DType type)
    {
        var converted = type == DType.String || NumpyType.Of(type).Kind == 'V' ? array : Casting.To(array, NumpyType.Of(type));
        var tensor = Tensor.Allocate(type, new Shape(array.Shape));
        switch (type)
        {
            case DType.String: Fill(tensor, i => StringElement(array[i])); break;
            case DType.Bool: Fill(tensor, i => converted.Integers[i] != 0); break;
            case DType.Int8 or DType.QInt8 or DType.Int4: Fill(tensor, i => unchecked((sbyte)Integer(converted, i))); break;
            case DType.UInt8 or DType.QUInt8 or DType.UInt4: Fill(tensor, i => unchecked((byte)Integer(converted, i))); break;
            case DType.Int16 or DType.QInt16: Fill(tensor, i => unchecked((short)Integer(converted, i))); break;
            case DType.UInt16 or DType.QUInt16: Fill(tensor, i => unchecked((ushort)Integer(converted, i))); break;
            case DType.Int32 or DType.QInt32: Fill(tensor, i => unchecked((int)Integer(converted, i))); break;
            case DType.UInt32: Fill(tensor, i => unchecked((uint)Integer(converted, i))); break;
            case DType.Int64: Fill(tensor, i => converted.Integers[i]); break;
            case DType.UInt64: Fill(tensor, i => unchecked((ulong)converted.Integers[i])); break;
            case DType.Float16: Fill(tensor, i => (Half)converted.Floats[i]); break;
            case DType.Float32: Fill(tensor, i => (float)converted.Floats[i]); break;
            case DType.Float64: Fill(tensor, i => converted.Floats[i]); break;
            case DType.BFloat16: Fill(tensor, i => (BFloat16)(float)Casting.ToDouble(array[i])); break;
            case DType.Float8E5M2: Fill(tensor, i => (Float8E5M2)(float)Casting.ToDouble(array[i])); break;
            case DType.Float8E4M3FN: Fill(tensor, i => (Float8E4M3FN)(float)Casting.ToDouble(array[i])); break;
            case DType.Complex64: Fill(tensor, i => new Complex64((float)converted.Complexes[i].Real, (float)converted.Complexes[i].Imaginary)); break;
            case DType.Complex128: Fill(tensor, i => converted.Complexes[i]); break;
            default: throw PythonException.WrongType($"a tensor of type {type.Name()} cannot be fed");
        }
        return tensor;
    }

    private static long Integer(NdArray array, long i) => array.Data is long[] integers ? integers[i] : (long)Casting.ToInteger(array[i]);

    private static byte[] StringElement(object? value) => value switch
    {
        byte[] bytes => bytes,
        string text => System.Text.Encoding.UTF8.GetBytes(text),
        _ => throw PythonException.WrongType($"Unsupported object type {PythonText.ClassName(value)}"),
    };

    private static void Fill<T>(Tensor tensor, Func<long, T> element)
    {
        const int step = 1 << 26;
        using var row = tensor.Reshape(Shape.Vector(tensor.Count));
        for (var start = 0L; start < tensor.Count; start += step)
        {
            using var part = row.Rows(start, Math.Min(step, tensor.Count - start));
            var to = part.AsSpan<T>();
            for (var i = 0; i < to.Length; i++)
                to[i] = element(start + i);
        }
    }

    private static NdArray Take(Tensor tensor, long[]? places, long[] shape) => tensor.Type switch
    {
        DType.Bool => Integers<bool>(tensor, places, shape, v => v ? 1 : 0),
        DType.Int8 or DType.QInt8 or DType.Int4 => Integers<sbyte>(tensor, places, shape, v => v),
        DType.UInt8 or DType.QUInt8 or DType.UInt4 => Integers<byte>(tensor, places, shape, v => v),
        DType.Int16 or DType.QInt16 => Integers<short>(tensor, places, shape, v => v),
        DType.UInt16 or DType.QUInt16 => Integers<ushort>(tensor, places, shape, v => v),
        DType.Int32 or DType.QInt32 => Integers<int>(tensor, places, shape, v => v),
        DType.UInt32 => Integers<uint>(tensor, places, shape, v => v),
        DType.Int64 => Integers<long>(tensor, places, shape, v => v),
        DType.UInt64 => Integers<ulong>(tensor, places, shape, v => unchecked((long)v)),
        DType.Float16 => Floats<Half>(tensor, places, shape, v => (double)v),
        DType.Float32 => Floats<float>(tensor, places, shape, v => v),
        DType.Float64 => Floats<double>(tensor, places, shape, v => v),
        DType.BFloat16 => Floats<BFloat16>(tensor, places, shape, v => (float)v),
        DType.Float8E5M2 => Floats<Float8E5M2>(tensor, places, shape, v => (float)v),
        DType.Float8E4M3FN => Floats<Float8E4M3FN>(tensor, places, shape, v => (float)v),
        DType.Complex64 => Complexes<Complex64>(tensor, places, shape, v => new(v.Real, v.Imaginary)),
        DType.Complex128 => Complexes<Complex>(tensor, places, shape, v => v),
        DType.String => NdArray.Of(NumpyType.Object, shape, Read<byte[], object?>(tensor, places, v => v)),
        _ => throw PythonException.WrongType($"a tensor of type {tensor.Type.Name()} has no numpy array"),
    };

    private static NdArray Integers<T>(Tensor tensor, long[]? places, long[] shape, Func<T, long> convert) => NdArray.Of(NumpyType.Of(tensor.Type), shape, Read(tensor, places, convert));

    private static NdArray Floats<T>(Tensor tensor, long[]? places, long[] shape, Func<T, double> convert) => NdArray.Of(NumpyType.Of(tensor.Type), shape, Read(tensor, places, convert));

    private static NdArray Complexes<T>(Tensor tensor, long[]? places, long[] shape, Func<T, Complex> convert) => NdArray.Of(NumpyType.Of(tensor.Type), shape, Read(tensor, places, convert));

    // Places are of the elements in the order of memory; all of them where there is no list.
    private static TTo[] Read<T, TTo>(Tensor tensor, long[]? places, Func<T, TTo> convert)
    {
        const int step = 1 << 26;
        var to = new TTo[places?.LongLength ?? tensor.Count];
        using var row = tensor.Reshape(Shape.Vector(tensor.Count));
        if (places is null)
        {
            for (var first = 0L; first < to.LongLength; first += step)
            {
                using var block = row.Rows(first, Math.Min(step, to.LongLength - first));
                var from = block.AsSpan<T>();
                for (var i = 0; i < from.Length; i++)
                    to[first + i] = convert(from[i]);
            }
            return to;
        }
        Tensor? part = null;
        var start = -1L;
        for (var i = 0L; i < places.LongLength; i++)
        {
            // Spans end at 2 GB, so that a large tensor is looked at in parts.
            if (part is null || places[i] < start || places[i] - start >= step)
            {
                part?.Dispose();
                start = places[i] / step * step;
                part = row.Rows(start, Math.Min(step, tensor.Count - start));
            }
            to[i] = convert(part.AsSpan<T>()[(int)(places[i] - start)]);
        }
        part?.Dispose();
        return to;
    }
}
