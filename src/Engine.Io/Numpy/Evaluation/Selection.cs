using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Functions that choose, find and order elements.</summary>
internal static class Selection
{
    internal static void AddTo(FunctionTable table)
    {
        table.Add("where", "condition x y", Where);
        table.Add("nonzero", "a", a => new PythonTuple([.. Indexing.Nonzero(a.Array("a"))]));
        table.Add("flatnonzero", "a", a => Indexing.Nonzero(Joining.Flat(a.Array("a")))[0]);
        table.Add("argwhere", "a", a => Joining.Stack([.. Indexing.Nonzero(a.Array("a"))], 1));
        table.Add("take", "a indices axis", a => a.Has("axis") ? TakeAlong(a.Array("a"), a.Array("indices"), a.Integer("axis")) : Indexing.Get(Joining.Flat(a.Array("a")), a.Array("indices")));
        table.Add("compress extract", "condition a", a => Indexing.Get(a.Array("a"), Casting.To(a.Array("condition"), NumpyType.Bool)));
        table.Add("choose", "a choices", a => Choose(a.Array("a"), [.. a.Items("choices").Select(c => ArrayMaker.Make(c))]));
        table.Add("sort", "a axis kind", a => Sort(a.Array("a"), a, values: true));
        table.Add("argsort", "a axis kind", a => Sort(a.Array("a"), a, values: false));
        table.Add("unique", "ar", a => Unique(a.Array("ar")));
        table.Add("searchsorted", "a v side", SearchSorted);
        table.Add("digitize", "x bins right", a => Digitize(a.Array("x"), a.Array("bins"), a.Switch("right")));
        table.Add("bincount", "x weights minlength", Bincount);
        table.Add("isin in1d", "element test_elements", a => IsIn(a.Array("element"), a.Array("test_elements")));
        table.Add("isclose", "a b rtol atol equal_nan", a => IsClose(a));
        table.Add("allclose", "a b rtol atol equal_nan", a => IsClose(a).Integers.All(v => v != 0));
        table.Add("array_equal array_equiv", "a1 a2", a => a.Array("a1").Shape.AsSpan().SequenceEqual(a.Array("a2").Shape) && Elementwise.Call("equal", a.Array("a1"), a.Array("a2")).Integers.All(v => v != 0));
        table.Add("interp", "x xp fp", Interpolate);
        table.Add("shape", "a", a => Attributes.Get(a.Array("a"), "shape"));
        table.Add("size", "a", a => (BigInteger)a.Array("a").Count);
        table.Add("ndim", "a", a => (BigInteger)a.Array("a").Rank);
        table.Add("isscalar", "x", a => a["x"] is not (NdArray { Rank: > 0 } or List<object?> or PythonTuple or PythonDict or null));
        table.Add("result_type promote_types", "*types", a => ((List<object?>)a["types"]!).Select(t => t is NumpyType type ? type : t is string ? Arguments.ToType(t) : ArrayMaker.Make(t).Type).Aggregate(Promotion.Common));
    }

    private static object? Where(Arguments a)
    {
        var condition = Casting.To(a.Array("condition"), NumpyType.Bool);
        if (!a.Has("x") && !a.Has("y"))
            return new PythonTuple([.. Indexing.Nonzero(condition)]);
        var (x, y) = (a.Array("x"), a.Array("y"));
        var type = Promotion.Result(x, y);
        var shape = Broadcasting.Common(condition.Shape, Broadcasting.Common(x.Shape, y.Shape));
        var (c, p, q) = (Broadcasting.Places(condition.Shape, shape), Broadcasting.Places(x.Shape, shape), Broadcasting.Places(y.Shape, shape));
        var all = Joining.Concatenate([Joining.Flat(Casting.To(x, type)), Joining.Flat(Casting.To(y, type))], 0);
        var places = new long[c.LongLength];
        for (var i = 0L; i < places.LongLength; i++)
            places[i] = condition.Integers[c[i]] != 0 ? p[i] : x.Count + q[i];
        return all.Gather(places, shape);
    }

    private static NdArray TakeAlong(NdArray array, NdArray places, long axis)
    {
        object?[] index = [.. Enumerable.Range(0, Reordering.Axis(axis, array.Rank)).Select(_ => new PythonSlice(null, null, null)), places];
        return Indexing.Get(array, new PythonTuple(index));
    }

    private static NdArray Choose(NdArray which, NdArray[] choices)
    {
        var shape = choices.Aggregate(which.Shape, (s, c) => Broadcasting.Common(s, c.Shape));
        var stacked = Joining.Stack([.. choices.Select(c => c.Gather(Broadcasting.Places(c.Shape, shape), shape))], 0);
        var count = NdArray.CountOf(shape);
        var from = Broadcasting.Places(which.Shape, shape);
        return stacked.Gather([.. from.Select((p, i) => which.Integers[p] is >= 0 and var k && k < choices.Length ? k * count + i : throw PythonException.Value("invalid entry in choice array"))], shape);
    }

    /// <summary>Elements in their order, or the places that order them; equal ones keep theirs.</summary>
    private static NdArray Sort(NdArray array, Arguments a, bool values)
    {
        if (a.Has("axis") is false && array.Rank == 0)
            throw new PythonException("numpy.exceptions.AxisError", "axis -1 is out of bounds for array of dimension 0");
        var axis = Reordering.Axis(a.Integer("axis", -1), array.Rank);
        int[] order = [.. Enumerable.Range(0, array.Rank).Where(d => d != axis), axis];
        var last = Reordering.Transpose(array, order);
        var length = last.Shape[^1];
        var places = new long[last.Count];
        for (var row = 0L; length > 0 && row < last.Count / length; row++)
        {
            var sorted = Creation.Numbers(0, 1, length).Integers.OrderBy(i => last[row * length + i], ElementOrder.Instance).ToArray();
            for (var i = 0L; i < length; i++)
                places[row * length + i] = values ? row * length + sorted[i] : sorted[i];
        }
        var result = values ? last.Gather(places, last.Shape) : NdArray.Of(NumpyType.Int64, last.Shape, places);
        var back = new int[order.Length];
        for (var d = 0; d < order.Length; d++)
            back[order[d]] = d;
        return Reordering.Transpose(result, back);
    }

    private static NdArray Unique(NdArray array)
    {
        var order = Creation.Numbers(0, 1, array.Count).Integers.OrderBy(i => array[i], ElementOrder.Instance).ToList();
        long[] places = [.. order.Where((p, i) => i == 0 || ElementOrder.Instance.Compare(array[order[i - 1]], array[p]) != 0)];
        return array.Gather(places, [places.LongLength]);
    }

    private static NdArray SearchSorted(Arguments a)
    {
        var (sorted, values) = (a.Array("a"), a.Array("v"));
        var isRight = a["side"] as string == "right";
        return NdArray.Of(NumpyType.Int64, values.Shape, Counts(sorted, values, isRight ? 1 : 0));
    }

    // How many elements come before each value, equal ones counted if limit is 1.
    private static long[] Counts(NdArray sorted, NdArray values, int limit)
    {
        var counts = new long[values.Count];
        for (var i = 0L; i < counts.LongLength; i++)
        {
            for (var k = 0L; k < sorted.Count && ElementOrder.Instance.Compare(sorted[k], values[i]) < limit; k++)
                counts[i]++;
        }
        return counts;
    }

    private static NdArray Digitize(NdArray x, NdArray bins, bool right) => NdArray.Of(NumpyType.Int64, x.Shape, Counts(bins, x, right ? 0 : 1));

    private static NdArray Bincount(Arguments a)
    {
        var x = Casting.To(a.Array("x"), NumpyType.Int64);
        if (x.Integers.Any(v => v < 0))
            throw PythonException.Value("'list' argument must have no negative elements");
        var count = Math.Max(x.Count == 0 ? 0 : x.Integers.Max() + 1, a.Integer("minlength", 0));
        var sums = new double[NdArray.CountOf([count])];
        var weights = a.Has("weights") ? Casting.To(a.Array("weights"), NumpyType.Float64) : null;
        for (var i = 0L; i < x.Count; i++)
            sums[x.Integers[i]] += weights is null ? 1 : weights.Floats[i];
        var result = NdArray.Of(NumpyType.Float64, [count], sums);
        return weights is null ? Casting.To(result, NumpyType.Int64) : result;
    }

    private static NdArray IsIn(NdArray array, NdArray tests)
    {
        var known = Enumerable.Range(0, (int)tests.Count).Select(i => tests[i]).ToHashSet(PythonEquality.Instance!);
        return NdArray.Of(NumpyType.Bool, array.Shape, Creation.Numbers(0, 1, array.Count).Integers.Select(i => known.Contains(array[i]) ? 1L : 0L).ToArray());
    }

    private static NdArray IsClose(Arguments a)
    {
        var (x, y) = (Casting.To(a.Array("a"), NumpyType.Float64), Casting.To(a.Array("b"), NumpyType.Float64));
        var shape = Broadcasting.Common(x.Shape, y.Shape);
        var (p, q) = (Broadcasting.Places(x.Shape, shape), Broadcasting.Places(y.Shape, shape));
        var (relative, absolute, nan) = (a.Number("rtol", 1e-5), a.Number("atol", 1e-8), a.Switch("equal_nan"));
        return NdArray.Of(NumpyType.Bool, shape, p.Select((at, i) =>
        {
            var (u, v) = (x.Floats[at], y.Floats[q[i]]);
            return u == v || (nan && double.IsNaN(u) && double.IsNaN(v)) || (double.IsFinite(v) && Math.Abs(u - v) <= absolute + relative * Math.Abs(v)) ? 1L : 0L;
        }).ToArray());
    }

    private static NdArray Interpolate(Arguments a)
    {
        var (x, xs, ys) = (Casting.To(a.Array("x"), NumpyType.Float64), Casting.To(a.Array("xp"), NumpyType.Float64).Floats, Casting.To(a.Array("fp"), NumpyType.Float64).Floats);
        if (xs.Length == 0 || xs.Length != ys.Length)
            throw PythonException.Value("fp and xp are not of the same length.");
        return NdArray.Of(NumpyType.Float64, x.Shape, x.Floats.Select(v =>
        {
            if (v <= xs[0] || xs.Length == 1)
                return v == xs[0] || v < xs[0] ? ys[0] : ys[^1];
            if (v >= xs[^1])
                return ys[^1];
            var i = Array.FindIndex(xs, k => k > v) - 1;
            return (ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i]) * (v - xs[i]) + ys[i];
        }).ToArray());
    }
}
