using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Functions that take many elements to one, or to as many along one dimension.</summary>
internal static class Reductions
{
    internal static void AddTo(FunctionTable table)
    {
        table.Add("sum nansum", "a axis dtype out keepdims", a => Sum(Source(a), a));
        table.Add("prod nanprod", "a axis dtype out keepdims", a => Reduce(Source(a), a, (x, y) => Elementwise.Call("multiply", x, y), BigInteger.One));
        table.Add("max amax nanmax", "a axis out keepdims", a => Reduce(a.Array("a"), a, (x, y) => Elementwise.Call(a.Function == "nanmax" ? "fmax" : "maximum", x, y), null));
        table.Add("min amin nanmin", "a axis out keepdims", a => Reduce(a.Array("a"), a, (x, y) => Elementwise.Call(a.Function == "nanmin" ? "fmin" : "minimum", x, y), null));
        table.Add("any", "a axis out keepdims", a => Reduce(Truth(a.Array("a")), a, (x, y) => Elementwise.Call("logical_or", x, y), false));
        table.Add("all", "a axis out keepdims", a => Reduce(Truth(a.Array("a")), a, (x, y) => Elementwise.Call("logical_and", x, y), true));
        table.Add("ptp", "a axis out keepdims", a => Elementwise.Call("subtract", Reduce(a.Array("a"), a, (x, y) => Elementwise.Call("maximum", x, y), null), Reduce(a.Array("a"), a, (x, y) => Elementwise.Call("minimum", x, y), null)));
        table.Add("mean nanmean", "a axis dtype out keepdims", a => Mean(a.Array("a"), a));
        table.Add("average", "a axis weights", Average);
        table.Add("var", "a axis dtype out ddof keepdims", a => Variance(a.Array("a"), a));
        table.Add("std", "a axis dtype out ddof keepdims", a => Elementwise.Call("sqrt", Variance(a.Array("a"), a)));
        table.Add("median", "a axis out overwrite_input keepdims", a => Quantile(a.Array("a"), a, 0.5));
        table.Add("quantile", "a q axis", a => Quantile(a.Array("a"), a, a.Number("q", 0)));
        table.Add("percentile", "a q axis", a => Quantile(a.Array("a"), a, a.Number("q", 0) / 100));
        table.Add("argmax", "a axis", a => Argument(a.Array("a"), a, "greater"));
        table.Add("argmin", "a axis", a => Argument(a.Array("a"), a, "less"));
        table.Add("count_nonzero", "a axis keepdims", a => Sum(Truth(a.Array("a")), a));
        table.Add("cumsum", "a axis dtype", a => Cumulate(a, "add"));
        table.Add("cumprod", "a axis dtype", a => Cumulate(a, "multiply"));
        table.Add("diff", "a n axis", a => Differences(a.Array("a"), a.Integer("n", 1), a.Integer("axis", -1)));
    }

    /// <summary>The sum along axes.</summary>
    internal static NdArray Sum(NdArray array, int[]? axes, bool keep = false) => array.Data is double[]? SumFloats(array, axes, keep)
        : Along(array, axes, keep, (x, y) => Elementwise.Call("add", x, y), BigInteger.Zero);

    // Floats in numpy's own order, rounded to the type after each addition: pairs along the last dimensions, else one after the other.
    private static NdArray SumFloats(NdArray array, int[]? axes, bool keep)
    {
        var type = array.Type.Type == DType.Float16 ? DType.Float32 : array.Type.Type;
        var front = Front(array, axes);
        var (count, inner) = (front.Shape[0], NdArray.CountOf(front.Shape.AsSpan(1)));
        var isLast = axes is null || axes.Order().SequenceEqual(Enumerable.Range(array.Rank - axes.Length, axes.Length));
        var sums = new double[inner];
        for (var j = 0L; j < inner; j++)
        {
            var place = j;
            double Element(long i) => front.Floats[i * inner + place];
            if (isLast)
            {
                sums[j] = count == 0 ? 0 : Pairs(Element, 0, count, type);
                continue;
            }
            for (var i = 0L; i < count; i++)
                sums[j] = Casting.Round(sums[j] + Element(i), type);
        }
        var result = Casting.To(NdArray.Of(NumpyType.Float64, front.Shape[1..], sums), array.Type);
        return keep ? result.Reshape([.. array.Shape.Select((n, d) => axes is null || axes.Contains(d) ? 1 : n)]) : result;
    }

    private static double Pairs(Func<long, double> element, long start, long count, DType type)
    {
        const int lanes = 8, block = 128;
        double Add(double x, double y) => Casting.Round(x + y, type);
        if (count < lanes)
        {
            var sum = -0.0;
            for (var i = 0L; i < count; i++)
                sum = Add(sum, element(start + i));
            return sum;
        }
        if (count > block)
        {
            var half = count / 2;
            half -= half % lanes;
            return Add(Pairs(element, start, half, type), Pairs(element, start + half, count - half, type));
        }
        var r = new double[lanes];
        for (var k = 0; k < lanes; k++)
            r[k] = element(start + k);
        var at = lanes;
        for (; at + lanes <= count; at += lanes)
        {
            for (var k = 0; k < lanes; k++)
                r[k] = Add(r[k], element(start + at + k));
        }
        var total = Add(Add(Add(r[0], r[1]), Add(r[2], r[3])), Add(Add(r[4], r[5]), Add(r[6], r[7])));
        for (; at < count; at++)
            total = Add(total, element(start + at));
        return total;
    }

    /// <summary>Moves axes to the front, as one, so that their elements can be taken one by one.</summary>
    internal static NdArray Front(NdArray array, int[]? axes)
    {
        int[] reduced = axes ?? [.. Enumerable.Range(0, array.Rank)];
        int[] kept = [.. Enumerable.Range(0, array.Rank).Except(reduced)];
        var moved = Reordering.Transpose(array, [.. reduced, .. kept]);
        return moved.Reshape([NdArray.CountOf([.. reduced.Select(d => array.Shape[d])]), .. kept.Select(d => array.Shape[d])]);
    }

    private static NdArray Source(Arguments a)
    {
        var array = a.Array("a");
        if (a.Function.StartsWith("nan", StringComparison.Ordinal) && array.Data is double[] values)
            array = NdArray.Of(array.Type, array.Shape, values.Select(v => double.IsNaN(v) ? (a.Function == "nanprod" ? 1 : 0) : v).ToArray());
        // Small integers are summed in 64 bits.
        var type = a.Type() ?? array.Type.Kind switch { 'b' or 'i' => NumpyType.Int64, 'u' => NumpyType.UInt64, _ => array.Type };
        return Casting.To(array, type);
    }

    private static NdArray Sum(NdArray array, Arguments a)
    {
        if (array.Type.Kind == 'b')
            array = Casting.To(array, NumpyType.Int64);
        return Sum(array, a.Axes("axis", array.Rank), a.Switch("keepdims"));
    }

    private static NdArray Truth(NdArray array) => Casting.To(array, NumpyType.Bool);

    private static NdArray Reduce(NdArray array, Arguments a, Func<NdArray, NdArray, NdArray> combine, object? empty) => Along(array, a.Axes("axis", array.Rank), a.Switch("keepdims"), combine, empty);

    private static NdArray Along(NdArray array, int[]? axes, bool keep, Func<NdArray, NdArray, NdArray> combine, object? empty)
    {
        var front = Front(array, axes);
        var count = front.Shape[0];
        NdArray result;
        if (count == 0)
        {
            result = empty is null
                ? throw PythonException.Value("zero-size array to reduction operation which has no identity")
                : Creation.Fill(front.Shape[1..], empty, array.Type);
        }
        else
        {
            // Halves are combined, so that the work is a few calls on long arrays.
            while (count > 1)
            {
                var half = count / 2;
                var joined = combine(Joining.Part(front, 0, 0, half), Joining.Part(front, 0, half, 2 * half));
                front = count % 2 == 0 ? joined : Joining.Concatenate([joined, Joining.Part(front, 0, count - 1, count)], 0);
                count = front.Shape[0];
            }
            result = front.Reshape(front.Shape[1..]);
        }
        return keep ? result.Reshape([.. array.Shape.Select((n, d) => axes is null || axes.Contains(d) ? 1 : n)]) : result;
    }

    private static NdArray Mean(NdArray array, Arguments a)
    {
        var type = a.Type() ?? (array.Type.Kind is 'f' or 'c' ? array.Type : NumpyType.Float64);
        var wide = Casting.To(array, type.Type == DType.Float16 ? NumpyType.Float32 : type);
        var axes = a.Axes("axis", array.Rank);
        NdArray count;
        if (a.Function == "nanmean" && wide.Data is double[] values)
        {
            count = Sum(NdArray.Of(NumpyType.Int64, wide.Shape, values.Select(v => double.IsNaN(v) ? 0L : 1L).ToArray()), axes, a.Switch("keepdims"));
            wide = NdArray.Of(wide.Type, wide.Shape, values.Select(v => double.IsNaN(v) ? 0 : v).ToArray());
        }
        else
        {
            count = NdArray.Scalar(new BigInteger(Front(wide, axes).Shape[0]));
        }
        return Casting.To(Elementwise.Call("divide", Sum(wide, axes, a.Switch("keepdims")), count), type);
    }

    private static NdArray Average(Arguments a)
    {
        if (!a.Has("weights"))
            return Mean(a.Array("a"), a);
        var (array, weights) = (Casting.To(a.Array("a"), NumpyType.Float64), Casting.To(a.Array("weights"), NumpyType.Float64));
        var axes = a.Axes("axis", array.Rank);
        if (weights.Rank == 1 && axes is [var axis])
            weights = weights.Reshape([.. array.Shape.Select((_, d) => d == axis ? weights.Count : 1)]);
        var all = weights.Gather(Broadcasting.Places(weights.Shape, array.Shape), array.Shape);
        return Elementwise.Call("divide", Sum(Elementwise.Call("multiply", array, all), axes), Sum(all, axes));
    }

    private static NdArray Variance(NdArray array, Arguments a)
    {
        var type = a.Type() ?? (array.Type.Kind == 'f' ? array.Type : NumpyType.Float64);
        var wide = Casting.To(array, NumpyType.Float64);
        var axes = a.Axes("axis", array.Rank);
        var count = (double)Front(wide, axes).Shape[0];
        var mean = Elementwise.Call("divide", Sum(wide, axes, keep: true), NdArray.Scalar(count));
        var squares = Sum(Elementwise.Call("square", Elementwise.Call("subtract", wide, mean)), axes, a.Switch("keepdims"));
        return Casting.To(Elementwise.Call("divide", squares, NdArray.Scalar(count - a.Integer("ddof", 0))), type);
    }

    private static NdArray Quantile(NdArray array, Arguments a, double q)
    {
        var type = array.Type.Kind == 'f' ? array.Type : NumpyType.Float64;
        var front = Casting.To(Front(array, a.Axes("axis", array.Rank)), NumpyType.Float64);
        var count = front.Shape[0];
        if (count == 0 || q is not (>= 0 and <= 1))
            throw PythonException.Value("Quantiles must be in the range [0, 1]");
        var inner = front.Count / count;
        var result = new double[inner];
        for (var j = 0L; j < inner; j++)
        {
            var column = new double[count];
            for (var i = 0L; i < count; i++)
                column[i] = front.Floats[i * inner + j];
            Array.Sort(column);
            var place = q * (count - 1);
            var low = (long)Math.Floor(place);
            var next = Math.Min(low + 1, count - 1);
            result[j] = Array.Exists(column, double.IsNaN) ? double.NaN : column[low] + (column[next] - column[low]) * (place - low);
        }
        var values = Casting.To(NdArray.Of(NumpyType.Float64, front.Shape[1..], result), type);
        return a.Switch("keepdims") ? values.Reshape([.. array.Shape.Select((n, d) => a.Axes("axis", array.Rank) is { } axes && !axes.Contains(d) ? n : 1)]) : values;
    }

    private static NdArray Argument(NdArray array, Arguments a, string compare)
    {
        var front = Front(array, a.Axes("axis", array.Rank));
        if (front.Shape[0] == 0)
            throw PythonException.Value($"attempt to get {a.Function} of an empty sequence");
        var inner = front.Count / front.Shape[0];
        var best = new long[inner];
        for (var j = 0L; j < inner; j++)
        {
            for (var i = 1L; i < front.Shape[0]; i++)
            {
                var (now, then) = (front[i * inner + j], front[best[j] * inner + j]);
                if (then is double d && double.IsNaN(d))
                    break;
                if ((now is double n && double.IsNaN(n)) || Casting.IsTrue(Operators.Compare(compare == "less" ? "<" : ">", now, then)))
                    best[j] = i;
            }
        }
        return NdArray.Of(NumpyType.Int64, front.Shape[1..], best);
    }

    private static NdArray Cumulate(Arguments a, string function)
    {
        var array = Source(a);
        if (!a.Has("axis"))
            array = Joining.Flat(array);
        var axis = Reordering.Axis(a.Integer("axis", 0), array.Rank);
        var length = array.Shape[axis];
        var parts = new List<NdArray>();
        for (var i = 0L; i < length; i++)
        {
            var part = Joining.Part(array, axis, i, i + 1);
            parts.Add(i == 0 ? part : Elementwise.Call(function, parts[^1], part));
        }
        return parts.Count == 0 ? array : Joining.Concatenate(parts, axis);
    }

    private static NdArray Differences(NdArray array, long times, long axis)
    {
        var along = Reordering.Axis(axis, array.Rank);
        for (var i = 0; i < Math.Min(times, array.Shape[along]); i++)
        {
            var length = array.Shape[along];
            array = Elementwise.Call(array.Type.Kind == 'b' ? "not_equal" : "subtract", Joining.Part(array, along, Math.Min(1, length), length), Joining.Part(array, along, 0, Math.Max(0, length - 1)));
        }
        return array;
    }
}
