using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary><c>array[index]</c>: integers, slices, <c>None</c>, <c>...</c>, masks and arrays of places.</summary>
internal static class Indexing
{
    /// <summary>A dimension of the result: places of its elements relative to the array's first.</summary>
    private readonly record struct Dimension(long Length, long Start, long Step);

    /// <summary><c>array[row]</c>.</summary>
    internal static NdArray Row(NdArray array, long row)
    {
        var shape = array.Shape[1..];
        var count = NdArray.CountOf(shape);
        var places = new long[count];
        for (var i = 0L; i < count; i++)
            places[i] = row * count + i;
        return array.Gather(places, shape);
    }

    /// <summary><c>array[index]</c>.</summary>
    /// <exception cref="PythonException">IndexError, or TypeError for what is no index.</exception>
    internal static NdArray Get(NdArray array, object? index)
    {
        var items = Expand(array, index is PythonTuple tuple ? tuple.Items : [index]);
        var strides = NdArray.Strides(array.Shape);
        var hasArrays = items.Exists(i => i is NdArray { Rank: > 0 });
        var dimensions = new List<Dimension>();
        var arrays = new List<(NdArray Places, long Stride, long Length)>();
        var (arraysAt, apart, lastWasArray) = (-1, false, false);
        var start = 0L;
        var axis = 0;
        foreach (var item in items)
        {
            switch (item)
            {
                case null:
                    dimensions.Add(new(1, 0, 0));
                    lastWasArray = false;
                    break;
                case PythonSlice slice:
                    var (from, step, count) = Resolve(slice, array.Shape[axis]);
                    dimensions.Add(new(count, 0, step * strides[axis]));
                    start += from * strides[axis];
                    axis++;
                    lastWasArray = false;
                    break;
                case NdArray places when places.Rank > 0 || hasArrays:
                    if (arraysAt < 0)
                        arraysAt = dimensions.Count;
                    else if (!lastWasArray)
                        apart = true;
                    arrays.Add((places, strides[axis], array.Shape[axis]));
                    lastWasArray = true;
                    axis++;
                    break;
                case NdArray one:
                    start += Place(one.Integers[0], array.Shape[axis], axis) * strides[axis];
                    axis++;
                    break;
            }
        }
        // Arrays with other indices between them come first in the result.
        var at = apart ? 0 : Math.Max(arraysAt, 0);
        var block = Block(arrays, out var blockShape);
        long[] shape = [.. dimensions.Take(at).Select(d => d.Length), .. blockShape, .. dimensions.Skip(at).Select(d => d.Length)];
        var result = new long[NdArray.CountOf(shape)];
        if (result.LongLength == 0)
            return array.Gather(result, shape);
        long[] places0 = [start];
        foreach (var d in dimensions.Take(at))
            places0 = Outer(places0, d);
        if (arrays.Count > 0)
            places0 = [.. places0.SelectMany(p => block.Select(b => p + b))];
        foreach (var d in dimensions.Skip(at))
            places0 = Outer(places0, d);
        return array.Gather(places0, shape);
    }

    /// <summary>Start, step and count of a slice of a dimension.</summary>
    internal static (long Start, long Step, long Count) Resolve(PythonSlice slice, long length)
    {
        var step = slice.Step is null ? 1 : Integer(slice.Step);
        if (step == 0)
            throw PythonException.Value("slice step cannot be zero");
        var start = slice.Start is null ? (step > 0 ? 0 : length - 1) : Clamp(Integer(slice.Start), length, step);
        var stop = slice.Stop is null ? (step > 0 ? length : -1) : Clamp(Integer(slice.Stop), length, step);
        var count = step > 0 ? (stop - start + step - 1) / step : (stop - start + step + 1) / step;
        return (start, step, Math.Max(0, count));
    }

    private static long Clamp(long value, long length, long step)
    {
        if (value < 0)
            value += length;
        return step > 0 ? Math.Clamp(value, 0, length) : Math.Clamp(value, -1, length - 1);
    }

    private static long[] Outer(long[] places, Dimension d)
    {
        var next = new long[places.LongLength * d.Length];
        var n = 0L;
        foreach (var place in places)
        {
            for (var i = 0L; i < d.Length; i++)
                next[n++] = place + d.Start + i * d.Step;
        }
        return next;
    }

    // Every index as null, slice or array of integers; one for each dimension.
    private static List<object?> Expand(NdArray array, IReadOnlyList<object?> items)
    {
        var plain = new List<object?>();
        var used = 0;
        var ellipsis = -1;
        foreach (var item in items)
        {
            switch (item)
            {
                case null:
                    plain.Add(null);
                    continue;
                case PythonSlice:
                    plain.Add(item);
                    break;
                case PythonEllipsis:
                    ellipsis = ellipsis < 0 ? plain.Count : throw new PythonException("IndexError", "an index can only have a single ellipsis ('...')");
                    continue;
                case bool or BigInteger:
                    plain.Add(NdArray.Scalar(item is bool b ? (b ? BigInteger.One : BigInteger.Zero) : (BigInteger)item));
                    break;
                case NdArray or List<object?>:
                    var places = ArrayMaker.Make(item);
                    if (places.Count == 0 && item is List<object?>)
                        places = Casting.To(places, NumpyType.Int64);
                    if (places.Type.Kind == 'b')
                    {
                        var found = Mask(array, places, used);
                        plain.AddRange(found);
                        used += found.Length;
                        continue;
                    }
                    if (!places.Type.IsInteger)
                        throw new PythonException("IndexError", "arrays used as indices must be of integer (or boolean) type");
                    plain.Add(places);
                    break;
                default:
                    throw new PythonException("IndexError", "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices");
            }
            used++;
        }
        if (used > array.Rank)
            throw new PythonException("IndexError", $"too many indices for array: array is {array.Rank}-dimensional, but {used} were indexed");
        plain.InsertRange(ellipsis < 0 ? plain.Count : ellipsis, Enumerable.Repeat<object?>(new PythonSlice(null, null, null), array.Rank - used));
        return plain;
    }

    private static NdArray[] Mask(NdArray array, NdArray mask, int axis)
    {
        if (axis + mask.Rank > array.Rank || !array.Shape.AsSpan(axis, mask.Rank).SequenceEqual(mask.Shape))
            throw new PythonException("IndexError", "boolean index did not match indexed array");
        return Nonzero(mask);
    }

    /// <summary>The places of elements that are not zero, one array for each dimension.</summary>
    internal static NdArray[] Nonzero(NdArray array)
    {
        var strides = NdArray.Strides(array.Shape);
        var found = new List<long>();
        for (var i = 0L; i < array.Count; i++)
        {
            if (Casting.IsTrue(array[i]))
                found.Add(i);
        }
        var places = new NdArray[array.Rank];
        for (var d = 0; d < places.Length; d++)
            places[d] = NdArray.Of(NumpyType.Int64, [found.Count], found.Select(i => i / strides[d] % array.Shape[d]).ToArray());
        return places;
    }

    private static long[] Block(List<(NdArray Places, long Stride, long Length)> arrays, out long[] shape)
    {
        shape = [];
        foreach (var (places, _, _) in arrays)
            shape = Broadcasting.Common(shape, places.Shape);
        var block = new long[NdArray.CountOf(shape)];
        for (var n = 0; n < arrays.Count; n++)
        {
            var (places, stride, length) = arrays[n];
            var from = Broadcasting.Places(places.Shape, shape);
            for (var i = 0L; i < block.LongLength; i++)
                block[i] += Place(places.Integers[from[i]], length, n) * stride;
        }
        return block;
    }

    private static long Place(long index, long length, int axis) => index >= -length && index < length
        ? index < 0 ? index + length : index
        : throw new PythonException("IndexError", $"index {index} is out of bounds for axis {axis} with size {length}");

    private static long Integer(object value) => value switch
    {
        BigInteger i => (long)BigInteger.Max(long.MinValue / 2, BigInteger.Min(long.MaxValue / 2, i)),
        bool b => b ? 1 : 0,
        NdArray { Rank: 0 } array when array.Type.IsInteger => array.Integers[0],
        _ => throw PythonException.WrongType("slice indices must be integers or None or have an __index__ method"),
    };
}
