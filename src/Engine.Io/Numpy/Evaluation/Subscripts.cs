using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary><c>value[index]</c>.</summary>
internal static class Subscripts
{
    /// <summary>What makes arrays of an index: <c>np.r_</c>, <c>np.c_</c>, <c>np.mgrid</c>, <c>np.ogrid</c>, <c>np.s_</c>.</summary>
    internal sealed record Builder(string Kind);

    internal static object? Get(object? target, object? index)
    {
        switch (target)
        {
            case NdArray array:
                return Indexing.Get(array, index);
            case Builder builder:
                return Build(builder.Kind, index);
            case PythonDict dict:
                return dict.TryGet(index, out var value) ? value : throw new PythonException("KeyError", PythonText.Repr(index));
            case string text:
                return index is PythonSlice ? string.Concat(Items([.. text.Select(c => (object?)c)], index)) : Item([.. text.Select(c => (object?)c.ToString())], index);
            case byte[] bytes:
                return index is PythonSlice ? Items([.. bytes.Select(b => (object?)b)], index).Select(b => (byte)b!).ToArray() : Item([.. bytes.Select(b => (object?)(BigInteger)b)], index);
            case List<object?> list:
                return index is PythonSlice ? Items(list, index) : Item(list, index);
            case PythonTuple tuple:
                return index is PythonSlice ? new PythonTuple(Items(tuple.Items, index)) : Item(tuple.Items, index);
            case LazyRange range:
                return Get(range.ToList(), index);
            default:
                throw PythonException.WrongType($"'{PythonText.ClassName(target)}' object is not subscriptable");
        }
    }

    private static object? Item(IReadOnlyList<object?> items, object? index)
    {
        var i = Arguments.ToIndex(index);
        if (i < 0)
            i += items.Count;
        return i >= 0 && i < items.Count ? items[(int)i] : throw new PythonException("IndexError", "index out of range");
    }

    private static List<object?> Items(IReadOnlyList<object?> items, object? index)
    {
        var (start, step, count) = Indexing.Resolve((PythonSlice)index!, items.Count);
        var part = new List<object?>();
        for (var i = 0L; i < count; i++)
            part.Add(items[(int)(start + i * step)]);
        return part;
    }

    private static object? Build(string kind, object? index)
    {
        var items = index is PythonTuple tuple ? tuple.Items : [index];
        switch (kind)
        {
            case "s_":
                return index;
            case "r_":
                return Joining.Concatenate([.. items.Select(Line)], 0);
            case "c_":
                return Joining.Concatenate([.. items.Select(Line).Select(x => x.Rank < 2 ? x.Reshape(x.Count, 1) : x)], -1);
        }
        NdArray[] axes = [.. items.Select(Line)];
        if (kind == "mgrid")
            return index is PythonTuple ? Creation.Grid([.. axes]) : axes[0];
        return new List<object?>(axes.Select((x, d) => (object?)x.Reshape([.. axes.Select((y, e) => e == d ? y.Count : 1)])));
    }

    // A slice counts; its step, if imaginary, is the number of points.
    private static NdArray Line(object? item)
    {
        if (item is not PythonSlice slice)
            return ArrayMaker.Make(item) is { Rank: 0 } scalar ? scalar.Reshape(1) : ArrayMaker.Make(item);
        var start = slice.Start ?? BigInteger.Zero;
        return (NdArray)(slice.Step is Complex points
            ? NumpyModule.Root.Call("linspace", start, slice.Stop, (BigInteger)points.Imaginary)
            : NumpyModule.Root.Call("arange", start, slice.Stop ?? throw PythonException.WrongType("a slice needs an end"), slice.Step ?? BigInteger.One))!;
    }
}
