using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary>Shapes that meet: dimensions of 1 stretch.</summary>
internal static class Broadcasting
{
    /// <summary>The shape of an operation on two arrays.</summary>
    /// <exception cref="PythonException">ValueError.</exception>
    internal static long[] Common(long[] a, long[] b)
    {
        var shape = new long[Math.Max(a.Length, b.Length)];
        for (var i = 0; i < shape.Length; i++)
        {
            var x = i < shape.Length - a.Length ? 1 : a[i - shape.Length + a.Length];
            var y = i < shape.Length - b.Length ? 1 : b[i - shape.Length + b.Length];
            shape[i] = x == y || y == 1 ? x : x == 1 ? y
                : throw PythonException.Value($"operands could not be broadcast together with shapes {Text(a)} {Text(b)} ");
        }
        return shape;
    }

    /// <summary>For each element of the large shape, the place of its element in the small one.</summary>
    internal static long[] Places(long[] small, long[] large)
    {
        var places = new long[NdArray.CountOf(large)];
        var strides = NdArray.Strides(small);
        var steps = new long[large.Length];
        for (var i = 0; i < small.Length; i++)
        {
            var axis = i + large.Length - small.Length;
            if (axis < 0 || (small[i] != large[axis] && small[i] != 1))
                throw PythonException.Value($"could not broadcast input array from shape {NdArray.ShapeText(small)} into shape {NdArray.ShapeText(large)}");
            steps[axis] = small[i] == 1 ? 0 : strides[i];
        }
        var index = new long[large.Length];
        var place = 0L;
        for (var i = 0L; i < places.LongLength; i++)
        {
            places[i] = place;
            for (var d = large.Length - 1; d >= 0; d--)
            {
                place += steps[d];
                if (++index[d] < large[d])
                    break;
                place -= steps[d] * large[d];
                index[d] = 0;
            }
        }
        return places;
    }

    private static string Text(long[] shape) => NdArray.ShapeText(shape).Replace(" ", "", StringComparison.Ordinal);
}
