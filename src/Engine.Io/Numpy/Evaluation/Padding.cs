using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary><c>numpy.pad</c>.</summary>
internal static class Padding
{
    internal static NdArray Pad(Arguments a)
    {
        var array = a.Array("array");
        var widths = ArrayMaker.Make(a.Required("pad_width"), NumpyType.Int64);
        var pairs = widths.Gather(Broadcasting.Places(widths.Shape, [array.Rank, 2]), [array.Rank, 2]).Integers;
        var mode = a["mode"] as string ?? "constant";
        var values = a.Has("constant_values") ? a.Array("constant_values") : ArrayMaker.Make(BigInteger.Zero);
        var fills = Casting.To(values.Gather(Broadcasting.Places(values.Shape, [array.Rank, 2]), [array.Rank, 2]), array.Type);
        for (var axis = 0; axis < array.Rank; axis++)
        {
            var (before, after) = (pairs[2 * axis], pairs[2 * axis + 1]);
            if (before < 0 || after < 0)
                throw PythonException.Value("index can't contain negative values");
            array = mode == "constant"
                ? Joining.Concatenate([Block(array, axis, before, fills, 2 * axis), array, Block(array, axis, after, fills, 2 * axis + 1)], axis)
                : Joining.Take(array, Rows(array.Shape[axis], before, after, mode), axis);
        }
        return array;
    }

    private static NdArray Block(NdArray array, int axis, long width, NdArray fills, long which)
    {
        var shape = (long[])array.Shape.Clone();
        shape[axis] = width;
        return fills.Gather([.. Enumerable.Repeat(which, (int)NdArray.CountOf(shape))], shape);
    }

    private static long[] Rows(long length, long before, long after, string mode)
    {
        if (length == 0)
            throw PythonException.Value("can't extend empty axis using modes other than 'constant' or 'empty'");
        var rows = new long[NdArray.CountOf([length + before + after])];
        for (var i = 0L; i < rows.LongLength; i++)
        {
            var at = i - before;
            rows[i] = mode switch
            {
                "edge" => Math.Clamp(at, 0, length - 1),
                "wrap" => ((at % length) + length) % length,
                "symmetric" => Mirror(at, length, 2 * length),
                "reflect" => length == 1 ? 0 : Mirror(at, length, 2 * length - 2),
                _ => throw PythonException.Value($"mode '{mode}' is not supported"),
            };
        }
        return rows;
    }

    private static long Mirror(long at, long length, long period)
    {
        var place = ((at % period) + period) % period;
        return place < length ? place : period - place - (period == 2 * length ? 1 : 0);
    }
}
