using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Functions that make arrays.</summary>
internal static class Creation
{
    internal static void AddTo(FunctionTable table)
    {
        table.Add("array asarray asanyarray ascontiguousarray asfortranarray", "object dtype copy order subok ndmin like", a => Ordered(AtLeast(ArrayMaker.Make(a.Required("object"), a.Type()), (int)a.Integer("ndmin", 0)), a));
        table.Add("copy", "a order", a => a.Array("a"));
        table.Add("zeros empty", "shape dtype order like", a => Ordered(NdArray.Zeros(a.Type() ?? NumpyType.Float64, a.Shape("shape")), a));
        table.Add("ones", "shape dtype order like", a => Ordered(Fill(a.Shape("shape"), BigInteger.One, a.Type() ?? NumpyType.Float64), a));
        table.Add("full", "shape fill_value dtype order like", a => Ordered(Full(a.Shape("shape"), a.Array("fill_value"), a.Type()), a));
        table.Add("zeros_like empty_like", "a dtype order subok shape", a => NdArray.Zeros(a.Type() ?? a.Array("a").Type, a.Has("shape") ? a.Shape("shape") : a.Array("a").Shape));
        table.Add("ones_like", "a dtype order subok shape", a => Fill(a.Has("shape") ? a.Shape("shape") : a.Array("a").Shape, BigInteger.One, a.Type() ?? a.Array("a").Type));
        table.Add("full_like", "a fill_value dtype order subok shape", a => Full(a.Has("shape") ? a.Shape("shape") : a.Array("a").Shape, a.Array("fill_value"), a.Type() ?? a.Array("a").Type));
        table.Add("arange", "start stop step dtype like", Arange);
        table.Add("linspace", "start stop num endpoint retstep dtype axis", a => Spaced(a, v => v));
        table.Add("logspace", "start stop num endpoint base dtype axis", a => Spaced(a, v => Math.Pow(a.Number("base", 10), v)));
        table.Add("geomspace", "start stop num endpoint dtype axis", Geometric);
        table.Add("eye", "N M k dtype order like", a => Eye(a.Integer("N"), a.Integer("M", a.Integer("N")), a.Integer("k", 0), a.Type() ?? NumpyType.Float64));
        table.Add("identity", "n dtype like", a => Eye(a.Integer("n"), a.Integer("n"), 0, a.Type() ?? NumpyType.Float64));
        table.Add("tri", "N M k dtype like", a => Triangle(Fill([a.Integer("N"), a.Integer("M", a.Integer("N"))], BigInteger.One, a.Type() ?? NumpyType.Float64), a.Integer("k", 0), true));
        table.Add("tril", "m k", a => Triangle(a.Array("m"), a.Integer("k", 0), true));
        table.Add("triu", "m k", a => Triangle(a.Array("m"), a.Integer("k", 0), false));
        table.Add("diag diagflat", "v k", a => Diagonal(a.Array("v"), a.Integer("k", 0)));
        table.Add("diagonal", "a offset", a => Diagonal(a.Array("a"), a.Integer("offset", 0)));
        table.Add("vander", "x N increasing", a => Vandermonde(a.Array("x"), a.Integer("N", a.Array("x").Count), a.Switch("increasing")));
        table.Add("indices", "dimensions dtype", a => Grid([.. a.Shape("dimensions").Select(d => Numbers(0, 1, d))]));
        table.Add("meshgrid", "*xi", a => Mesh([.. ((List<object?>)a["xi"]!).Select(x => ArrayMaker.Make(x))], matrix: false));
        table.Add("frombuffer fromstring", "buffer dtype count offset sep", FromText);
        table.Add("fromiter", "iter dtype count", a => ArrayMaker.Make(Builtins.Iterate(a["iter"]).ToList(), a.Type()));
        table.Add("dtype", "dtype align copy", a => a.Type("dtype") ?? NumpyType.Float64);
        table.Add("iinfo finfo", "type", a => NumpyModule.Limits(a["type"] is NdArray array ? array.Type : a.Type("type")!.Value));
        table.Add("asscalar item", "a", a => a.Array("a")[0]);
    }

    /// <summary>An array of one value.</summary>
    internal static NdArray Fill(long[] shape, object? value, NumpyType type) => Full(shape, ArrayMaker.Make(value, type), type);

    /// <summary>Numbers at equal distances.</summary>
    internal static NdArray Numbers(long start, long step, long count)
    {
        var data = new long[NdArray.CountOf([count])];
        for (var i = 0L; i < data.LongLength; i++)
            data[i] = unchecked(start + i * step);
        return NdArray.Of(NumpyType.Int64, [count], data);
    }

    /// <summary>Arrays that count along one dimension each, stacked.</summary>
    internal static NdArray Grid(NdArray[] axes) => Joining.Stack(Mesh(axes, matrix: true).Items.Select(i => (NdArray)i!).ToList(), 0);

    private static PythonTuple Mesh(NdArray[] axes, bool matrix)
    {
        // Without matrix order the first two dimensions change places.
        int[] order = [.. Enumerable.Range(0, axes.Length)];
        if (!matrix && axes.Length > 1)
            (order[0], order[1]) = (1, 0);
        var shape = new long[axes.Length];
        for (var i = 0; i < axes.Length; i++)
            shape[order[i]] = axes[i].Count;
        return new([.. axes.Select((axis, i) =>
        {
            var own = new long[axes.Length];
            System.Array.Fill(own, 1);
            own[order[i]] = axis.Count;
            return (object?)axis.Reshape(own).Gather(Broadcasting.Places(own, shape), shape);
        })]);
    }

    // In Fortran order, an array is saved so.
    private static NdArray Ordered(NdArray array, Arguments a) => a["order"] is "F" || a.Function == "asfortranarray"
        ? NdArray.Of(array.Type, array.Shape, array.Data, isFortran: array.Rank > 1)
        : a["order"] is "C" || a.Function == "ascontiguousarray" ? NdArray.Of(array.Type, array.Shape, array.Data) : array;

    private static NdArray AtLeast(NdArray array, int rank) => array.Rank >= rank ? array : array.Reshape([.. Enumerable.Repeat(1L, rank - array.Rank), .. array.Shape]);

    private static NdArray Full(long[] shape, NdArray value, NumpyType? type)
    {
        var from = type is { } t ? Casting.To(value, t) : value;
        return from.Gather(Broadcasting.Places(from.Shape, shape), shape);
    }

    private static NdArray Arange(Arguments a)
    {
        var (start, stop) = a.Has("stop") ? (a["start"] ?? BigInteger.Zero, a["stop"]) : (BigInteger.Zero, a.Required("start"));
        var step = a["step"] ?? BigInteger.One;
        var common = new[] { start, stop, step }.Select(v => ArrayMaker.TypeOf(v)).Aggregate(Promotion.Common);
        var type = a.Type() ?? common;
        if (!common.IsNumber || common.Kind == 'c')
            throw PythonException.WrongType("arange() takes numbers");
        var (from, to, by) = (Casting.ToDouble(start), Casting.ToDouble(stop), Casting.ToDouble(step));
        if (by == 0)
            throw new PythonException("ZeroDivisionError", "division by zero");
        var length = Math.Ceiling((to - from) / by);
        if (double.IsNaN(length) || length > 1 << 28)
            throw PythonException.Value("Maximum allowed size exceeded");
        var count = (long)Math.Max(0, length);
        if (common.Kind is 'b' or 'i' or 'u')
            return Casting.To(Numbers(Arguments.ToIndex(start), Arguments.ToIndex(step), count), common.Kind == 'b' && a.Type() is null ? NumpyType.Int64 : type);
        // numpy computes the first two elements and goes on by their difference.
        var second = Casting.Round(from + by, type.Type);
        var data = new double[count];
        for (var i = 0L; i < count; i++)
            data[i] = i == 1 ? second : from + i * (second - from);
        return Casting.To(NdArray.Of(NumpyType.Float64, [count], data), type);
    }

    private static object? Spaced(Arguments a, Func<double, double> map)
    {
        var (start, stop) = (a.Array("start"), a.Array("stop"));
        var count = a.Integer("num", 50);
        if (count < 0)
            throw PythonException.Value($"Number of samples, {count}, must be non-negative.");
        var hasEnd = a.Switch("endpoint", true);
        var division = hasEnd ? count - 1 : count;
        var shape = Broadcasting.Common(start.Shape, stop.Shape);
        var (p, q) = (Broadcasting.Places(start.Shape, shape), Broadcasting.Places(stop.Shape, shape));
        long[] whole = [count, .. shape];
        var data = new double[NdArray.CountOf(whole)];
        for (var j = 0L; j < p.LongLength; j++)
        {
            var (from, to) = (Casting.ToDouble(start[p[j]]), Casting.ToDouble(stop[q[j]]));
            var step = (to - from) / division;
            for (var i = 0L; i < count; i++)
                data[i * p.LongLength + j] = map(hasEnd && i == count - 1 && count > 1 ? to : i == 0 ? from : step == 0 ? i / (double)division * (to - from) + from : i * step + from);
        }
        var type = a.Type() ?? NumpyType.Float64;
        if (type.IsInteger)
            data = System.Array.ConvertAll(data, Math.Floor);
        var array = Casting.To(NdArray.Of(NumpyType.Float64, whole, data), type);
        return a.Switch("retstep") ? new PythonTuple([array, (Casting.ToDouble(stop[0]) - Casting.ToDouble(start[0])) / division]) : array;
    }

    private static NdArray Geometric(Arguments a)
    {
        var (start, stop, count) = (a.Number("start", 0), a.Number("stop", 0), a.Integer("num", 50));
        if (start == 0 || stop == 0)
            throw PythonException.Value("Geometric sequence cannot include zero");
        var hasEnd = a.Switch("endpoint", true);
        var data = new double[NdArray.CountOf([count])];
        var sign = start < 0 && stop < 0 ? -1 : 1;
        var (low, high) = (Math.Log10(sign * start), Math.Log10(sign * stop));
        for (var i = 0L; i < count; i++)
            data[i] = i == 0 ? start : hasEnd && i == count - 1 ? stop : sign * Math.Pow(10, low + i * (high - low) / (hasEnd ? count - 1 : count));
        return Casting.To(NdArray.Of(NumpyType.Float64, [count], data), a.Type() ?? NumpyType.Float64);
    }

    private static NdArray Eye(long rows, long columns, long offset, NumpyType type)
    {
        var data = new long[NdArray.CountOf([rows, columns])];
        for (var i = 0L; i < rows; i++)
        {
            if (i + offset >= 0 && i + offset < columns)
                data[i * columns + i + offset] = 1;
        }
        return Casting.To(NdArray.Of(NumpyType.Int64, [rows, columns], data), type);
    }

    private static NdArray Triangle(NdArray matrix, long offset, bool isLower)
    {
        if (matrix.Rank == 1)
            matrix = matrix.Gather(Broadcasting.Places(matrix.Shape, [matrix.Count, matrix.Count]), [matrix.Count, matrix.Count]);
        if (matrix.Rank < 2)
            throw PythonException.Value("a matrix is needed");
        var (rows, columns) = (matrix.Shape[^2], matrix.Shape[^1]);
        var zero = NdArray.Zeros(matrix.Type, []);
        var padded = Joining.Concatenate([matrix.Reshape(matrix.Count), zero.Reshape(1)], 0);
        var places = new long[matrix.Count];
        for (var i = 0L; i < places.LongLength; i++)
        {
            var (row, column) = (i / columns % rows, i % columns);
            places[i] = (isLower ? column <= row + offset : column >= row + offset) ? i : matrix.Count;
        }
        return padded.Gather(places, matrix.Shape);
    }

    private static NdArray Diagonal(NdArray v, long offset)
    {
        if (v.Rank == 1)
        {
            var size = v.Count + Math.Abs(offset);
            var padded = Joining.Concatenate([v, NdArray.Zeros(v.Type, [1])], 0);
            var places = new long[NdArray.CountOf([size, size])];
            System.Array.Fill(places, v.Count);
            for (var i = 0L; i < v.Count; i++)
                places[(i + Math.Max(0, -offset)) * size + i + Math.Max(0, offset)] = i;
            return padded.Gather(places, [size, size]);
        }
        if (v.Rank != 2)
            throw PythonException.Value("Input must be 1- or 2-d.");
        var (rows, columns) = (v.Shape[0], v.Shape[1]);
        var found = new List<long>();
        for (var i = 0L; i < rows; i++)
        {
            if (i + offset >= 0 && i + offset < columns)
                found.Add(i * columns + i + offset);
        }
        return v.Gather([.. found], [found.Count]);
    }

    private static NdArray Vandermonde(NdArray x, long columns, bool increasing)
    {
        var powers = Numbers(increasing ? 0 : columns - 1, increasing ? 1 : -1, columns);
        return Elementwise.Call("power", x.Reshape(x.Count, 1), powers);
    }

    private static NdArray FromText(Arguments a)
    {
        var type = a.Type() ?? NumpyType.Float64;
        if (a["sep"] is string { Length: > 0 } separator)
            return ArrayMaker.Make(((string)a["buffer"]!).Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(s => (object?)s.Trim()).ToList(), type);
        var bytes = a["buffer"] as byte[] ?? throw PythonException.WrongType("a bytes-like object is required");
        if (!type.IsNumber || a.Integer("offset", 0) is not (>= 0 and var offset) || offset > bytes.Length)
            throw PythonException.Value("the buffer cannot be read so");
        var count = a.Integer("count", -1) is >= 0 and var wanted ? wanted : (bytes.Length - offset) / type.Size;
        if (count * type.Size > bytes.Length - offset)
            throw PythonException.Value("buffer is smaller than requested size");
        using var stream = new MemoryStream(bytes, (int)offset, (int)(count * type.Size));
        return NumpyFile.ReadBody(stream, new(new NpyType(type.Type, type.Size), Engine.Shape.Vector(count), false), stream.Length, "buffer");
    }
}
