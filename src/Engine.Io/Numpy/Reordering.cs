using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary>The same elements in another order of dimensions.</summary>
internal static class Reordering
{
    /// <summary>Dimensions in another order; reversed if none is given.</summary>
    /// <exception cref="PythonException">ValueError.</exception>
    internal static NdArray Transpose(NdArray array, int[]? axes = null)
    {
        var isReversed = axes is null;
        axes ??= [.. Enumerable.Range(0, array.Rank).Reverse()];
        if (axes.Length != array.Rank || axes.Distinct().Count() != axes.Length)
            throw PythonException.Value("axes don't match array");
        var strides = NdArray.Strides(array.Shape);
        long[] shape = [.. axes.Select(a => array.Shape[a])];
        long[] steps = [.. axes.Select(a => strides[a])];
        var places = new long[array.Count];
        var index = new long[shape.Length];
        var place = 0L;
        for (var i = 0L; i < places.LongLength; i++)
        {
            places[i] = place;
            for (var d = shape.Length - 1; d >= 0; d--)
            {
                place += steps[d];
                if (++index[d] < shape[d])
                    break;
                place -= steps[d] * shape[d];
                index[d] = 0;
            }
        }
        var turned = array.Gather(places, shape);
        return isReversed && array.Rank > 1 && !array.IsFortran ? NdArray.Of(turned.Type, shape, turned.Data, isFortran: true) : turned;
    }

    /// <summary>An axis counted from the end where negative.</summary>
    /// <exception cref="PythonException">AxisError.</exception>
    internal static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new PythonException("numpy.exceptions.AxisError", $"axis {axis} is out of bounds for array of dimension {rank}");
}
