using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Functions that join, cut, repeat and turn arrays.</summary>
internal static class Joining
{
    internal static void AddTo(FunctionTable table)
    {
        table.Add("concatenate concat", "arrays axis dtype", a => Typed(a.Has("axis") || a.Items("arrays").Count == 0 || a["axis"] is not null ? Concatenate(Arrays(a, "arrays"), a.Integer("axis", 0)) : Concatenate(Arrays(a, "arrays"), 0), a));
        table.Add("stack", "arrays axis dtype", a => Typed(Stack(Arrays(a, "arrays"), (int)a.Integer("axis", 0)), a));
        table.Add("vstack row_stack", "tup dtype", a => Concatenate(Arrays(a, "tup").ConvertAll(x => x.Rank < 2 ? x.Reshape(1, x.Count) : x), 0));
        table.Add("hstack", "tup dtype", a => Arrays(a, "tup").ConvertAll(x => x.Rank < 1 ? x.Reshape(1) : x) is var list && list[0].Rank == 1 ? Concatenate(list, 0) : Concatenate(list, 1));
        table.Add("dstack", "tup", a => Concatenate(Arrays(a, "tup").ConvertAll(x => x.Rank < 3 ? x.Reshape(x.Rank == 2 ? [.. x.Shape, 1] : [1, x.Count, 1]) : x), 2));
        table.Add("column_stack", "tup", a => Concatenate(Arrays(a, "tup").ConvertAll(x => x.Rank < 2 ? x.Reshape(x.Count, 1) : x), 1));
        table.Add("append", "arr values axis", a => a.Has("axis") ? Concatenate([a.Array("arr"), a.Array("values")], a.Integer("axis")) : Concatenate([Flat(a.Array("arr")), Flat(a.Array("values"))], 0));
        table.Add("split array_split", "ary sections axis", Split);
        table.Add("tile", "A reps", a => Tile(a.Array("A"), Arguments.ToShape(a.Required("reps"))));
        table.Add("repeat", "a repeats axis", Repeat);
        table.Add("reshape", "a newshape order", a => Reshape(a.Array("a"), a.Shape("newshape"), a["order"] as string));
        table.Add("ravel", "a order", a => Reshape(a.Array("a"), [-1], a["order"] as string));
        table.Add("transpose permute_dims", "a axes", a => Reordering.Transpose(a.Array("a"), a.Axes("axes", a.Array("a").Rank)));
        table.Add("swapaxes", "a axis1 axis2", a => Swap(a.Array("a"), a.Integer("axis1"), a.Integer("axis2")));
        table.Add("moveaxis", "a source destination", Move);
        table.Add("expand_dims", "a axis", Expand);
        table.Add("squeeze", "a axis", Squeeze);
        table.Add("atleast_1d", "a", a => a.Array("a") is { Rank: 0 } scalar ? scalar.Reshape(1) : a.Array("a"));
        table.Add("atleast_2d", "a", a => a.Array("a") is { Rank: < 2 } small ? small.Reshape(1, small.Count) : a.Array("a"));
        table.Add("atleast_3d", "a", a => a.Array("a") is var x && x.Rank < 3 ? x.Reshape(x.Rank == 2 ? [.. x.Shape, 1] : [1, x.Count, 1]) : x);
        table.Add("broadcast_to", "array shape", a => a.Array("array").Gather(Broadcasting.Places(a.Array("array").Shape, a.Shape("shape")), a.Shape("shape")));
        table.Add("flip", "m axis", a => Flip(a.Array("m"), a.Axes("axis", a.Array("m").Rank)));
        table.Add("flipud", "m", a => Flip(a.Array("m"), [0]));
        table.Add("fliplr", "m", a => Flip(a.Array("m"), [1]));
        table.Add("rot90", "m k", a => Rotate(a.Array("m"), a.Integer("k", 1)));
        table.Add("roll", "a shift axis", Roll);
        table.Add("pad", "array pad_width mode constant_values", Padding.Pad);
        table.Add("delete", "arr obj axis", Delete);
    }

    internal static NdArray Flat(NdArray array) => array.Reshape(array.Count);

    internal static NdArray Concatenate(List<NdArray> arrays, long axis)
    {
        if (arrays.Count == 0)
            throw PythonException.Value("need at least one array to concatenate");
        var rank = arrays[0].Rank;
        if (rank == 0)
            throw PythonException.Value("zero-dimensional arrays cannot be concatenated");
        var along = Reordering.Axis(axis, rank);
        var type = arrays.Select(x => x.Type).Aggregate(Promotion.Common);
        var shape = (long[])arrays[0].Shape.Clone();
        shape[along] = 0;
        foreach (var array in arrays)
        {
            if (array.Rank != rank || Enumerable.Range(0, rank).Any(d => d != along && array.Shape[d] != arrays[0].Shape[d]))
                throw PythonException.Value("all the input array dimensions except for the concatenation axis must match exactly");
            shape[along] += array.Shape[along];
        }
        var data = NdArray.Storage(type, NdArray.CountOf(shape));
        var outer = NdArray.CountOf(shape.AsSpan(0, along));
        var at = 0L;
        var sources = arrays.ConvertAll(x => Casting.To(x, type));
        for (var i = 0L; i < outer; i++)
        {
            foreach (var source in sources)
            {
                var length = outer == 0 ? 0 : source.Count / outer;
                System.Array.Copy(source.Data, i * length, data, at, length);
                at += length;
            }
        }
        return NdArray.Of(type, shape, data);
    }

    internal static NdArray Stack(List<NdArray> arrays, int axis)
    {
        if (arrays.Count == 0)
            throw PythonException.Value("need at least one array to stack");
        var along = Reordering.Axis(axis, arrays[0].Rank + 1);
        if (arrays.Exists(x => !x.Shape.AsSpan().SequenceEqual(arrays[0].Shape)))
            throw PythonException.Value("all input arrays must have the same shape");
        return Concatenate(arrays.ConvertAll(x => x.Reshape([.. x.Shape[..along], 1, .. x.Shape[along..]])), along);
    }

    internal static NdArray Reshape(NdArray array, long[] shape, string? order)
    {
        shape = [.. shape];
        var unknown = System.Array.IndexOf(shape, -1);
        if (unknown >= 0)
        {
            shape[unknown] = 1;
            var known = NdArray.CountOf(shape);
            if (System.Array.IndexOf(shape, -1) >= 0)
                throw PythonException.Value("can only specify one unknown dimension");
            if (known == 0 ? array.Count != 0 : array.Count % known != 0)
                throw PythonException.Value($"cannot reshape array of size {array.Count} into shape {NdArray.ShapeText(shape)}");
            shape[unknown] = known == 0 ? 0 : array.Count / known;
        }
        if (NdArray.CountOf(shape) != array.Count)
            throw PythonException.Value($"cannot reshape array of size {array.Count} into shape {NdArray.ShapeText(shape)}");
        if (order is not "F")
            return array.Reshape(shape);
        // The first dimension runs fastest, in both shapes.
        return Reordering.Transpose(Reordering.Transpose(array).Reshape([.. shape.Reverse()]));
    }

    internal static NdArray Flip(NdArray array, int[]? axes)
    {
        object?[] index = [.. Enumerable.Range(0, array.Rank).Select(d => axes is null || axes.Contains(d) ? new PythonSlice(null, null, System.Numerics.BigInteger.MinusOne) : new PythonSlice(null, null, null))];
        return Indexing.Get(array, new PythonTuple(index));
    }

    /// <summary>A part of an array along one dimension.</summary>
    internal static NdArray Part(NdArray array, int axis, long start, long stop)
    {
        object?[] index = [.. Enumerable.Range(0, array.Rank).Select(d => d == axis
            ? new PythonSlice(new System.Numerics.BigInteger(start), new System.Numerics.BigInteger(stop), null) : new PythonSlice(null, null, null))];
        return Indexing.Get(array, new PythonTuple(index));
    }

    private static NdArray Typed(NdArray result, Arguments a) => a.Type() is { } type ? Casting.To(result, type) : result;

    private static List<NdArray> Arrays(Arguments a, string name) => [.. a.Items(name).Select(x => ArrayMaker.Make(x))];

    private static List<object?> Split(Arguments a)
    {
        var array = a.Array("ary");
        var axis = Reordering.Axis(a.Integer("axis", 0), array.Rank);
        var length = array.Shape[axis];
        List<long> ends;
        if (ArrayMaker.Items(a["sections"]) is { } items)
        {
            ends = [.. items.Select(Arguments.ToIndex), length];
        }
        else
        {
            var count = a.Integer("sections");
            if (count <= 0 || (a.Function == "split" && length % count != 0))
                throw PythonException.Value("array split does not result in an equal division");
            ends = [.. Enumerable.Range(1, (int)count).Select(i => i * (length / count) + Math.Min(i, length % count))];
        }
        return [.. ends.Select((end, i) => (object?)Part(array, axis, i == 0 ? 0 : ends[i - 1], end))];
    }

    private static NdArray Tile(NdArray array, long[] repeats)
    {
        var rank = Math.Max(array.Rank, repeats.Length);
        long[] times = [.. Enumerable.Repeat(1L, rank - repeats.Length), .. repeats];
        var result = array.Reshape([.. Enumerable.Repeat(1L, rank - array.Rank), .. array.Shape]);
        for (var d = 0; d < rank; d++)
        {
            var part = times[d] <= 0 ? Part(result, d, 0, 0) : result;
            NdArray.CountOf([Math.Max(times[d], 1), Math.Max(1, result.Count)]);
            result = times[d] <= 1 ? part : Concatenate([.. Enumerable.Repeat(part, (int)times[d])], d);
        }
        return result;
    }

    private static NdArray Repeat(Arguments a)
    {
        var array = a.Has("axis") ? a.Array("a") : Flat(a.Array("a"));
        var axis = Reordering.Axis(a.Integer("axis", 0), array.Rank);
        var counts = Arguments.ToShape(a.Required("repeats"));
        var length = array.Shape[axis];
        if (counts.Length != 1 && counts.Length != length)
            throw PythonException.Value("operands could not be broadcast together");
        NdArray.CountOf([counts.Sum(), array.Count, counts.Length == 1 ? 1 : 1]);
        var rows = new List<long>();
        for (var i = 0L; i < length; i++)
        {
            for (var n = 0L; n < (counts.Length == 1 ? counts[0] : counts[i]); n++)
                rows.Add(i);
        }
        return Take(array, [.. rows], axis);
    }

    /// <summary>Rows along one dimension by their places.</summary>
    internal static NdArray Take(NdArray array, long[] rows, int axis)
    {
        object?[] index = [.. Enumerable.Range(0, axis).Select(_ => new PythonSlice(null, null, null)), NdArray.Of(NumpyType.Int64, [rows.LongLength], rows)];
        return Indexing.Get(array, new PythonTuple(index));
    }

    private static NdArray Swap(NdArray array, long first, long second)
    {
        int[] axes = [.. Enumerable.Range(0, array.Rank)];
        var (p, q) = (Reordering.Axis(first, array.Rank), Reordering.Axis(second, array.Rank));
        (axes[p], axes[q]) = (axes[q], axes[p]);
        return Reordering.Transpose(array, axes);
    }

    private static NdArray Move(Arguments a)
    {
        var array = a.Array("a");
        var source = Arguments.ToShape(a.Required("source")).Select(x => Reordering.Axis(x, array.Rank)).ToList();
        var target = Arguments.ToShape(a.Required("destination")).Select(x => Reordering.Axis(x, array.Rank)).ToList();
        var order = Enumerable.Range(0, array.Rank).Except(source).ToList();
        foreach (var (to, from) in target.Zip(source).OrderBy(p => p.First))
            order.Insert(to, from);
        return Reordering.Transpose(array, [.. order]);
    }

    private static NdArray Expand(Arguments a)
    {
        var array = a.Array("a");
        var added = Arguments.ToShape(a.Required("axis"));
        var axes = added.Select(x => Reordering.Axis(x, array.Rank + added.Length)).ToHashSet();
        var rest = new Queue<long>(array.Shape);
        return array.Reshape([.. Enumerable.Range(0, array.Rank + axes.Count).Select(d => axes.Contains(d) ? 1 : rest.Dequeue())]);
    }

    private static NdArray Squeeze(Arguments a)
    {
        var array = a.Array("a");
        var axes = a.Axes("axis", array.Rank);
        if (axes is not null && axes.Any(d => array.Shape[d] != 1))
            throw PythonException.Value("cannot select an axis to squeeze out which has size not equal to one");
        return array.Reshape([.. array.Shape.Where((n, d) => axes is null ? n != 1 : !axes.Contains(d))]);
    }

    private static NdArray Rotate(NdArray array, long times)
    {
        for (var i = 0; i < ((times % 4) + 4) % 4; i++)
            array = Flip(Swap(array, 0, 1), [0]);
        return array;
    }

    private static NdArray Roll(Arguments a)
    {
        var array = a.Array("a");
        if (!a.Has("axis"))
            return RollOne(Flat(array), a.Integer("shift"), 0).Reshape(array.Shape);
        var shifts = Arguments.ToShape(a["shift"]);
        var axes = a.Axes("axis", array.Rank)!;
        for (var i = 0; i < Math.Max(shifts.Length, axes.Length); i++)
            array = RollOne(array, shifts[Math.Min(i, shifts.Length - 1)], axes[Math.Min(i, axes.Length - 1)]);
        return array;
    }

    private static NdArray RollOne(NdArray array, long shift, int axis)
    {
        var length = array.Shape[axis];
        if (length == 0)
            return array;
        var by = ((shift % length) + length) % length;
        return Concatenate([Part(array, axis, length - by, length), Part(array, axis, 0, length - by)], axis);
    }

    private static NdArray Delete(Arguments a)
    {
        var array = a.Has("axis") ? a.Array("arr") : Flat(a.Array("arr"));
        var axis = Reordering.Axis(a.Integer("axis", 0), array.Rank);
        var length = array.Shape[axis];
        var gone = Arguments.ToShape(a.Required("obj")).Select(i => i < 0 ? i + length : i).ToHashSet();
        return Take(array, [.. Creation.Numbers(0, 1, length).Integers.Where(i => !gone.Contains(i))], axis);
    }
}
