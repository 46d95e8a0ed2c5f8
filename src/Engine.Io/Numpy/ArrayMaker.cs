using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary><c>numpy.array(value)</c>: nested sequences to an array.</summary>
internal static class ArrayMaker
{
    private const int MaxRank = 32;

    /// <summary>Makes an array.</summary>
    /// <param name="value">Lists, tuples, arrays, scalars.</param>
    /// <param name="type">The element type; found from the elements if null.</param>
    /// <exception cref="PythonException">ValueError for ragged sequences.</exception>
    internal static NdArray Make(object? value, NumpyType? type = null)
    {
        if (value is NdArray array)
            return type is { } wanted ? Casting.To(array, wanted) : array;
        var shape = FindShape(value, type?.Kind == 'O');
        var items = new List<object?>();
        Flatten(value, shape, 0, items);
        var found = type ?? Common(items);
        var data = NdArray.Storage(found, items.Count);
        for (var i = 0; i < items.Count; i++)
            Set(data, i, items[i], found);
        return NdArray.Of(found, shape, data);
    }

    /// <summary>Sequences have items; other values are scalars.</summary>
    internal static IReadOnlyList<object?>? Items(object? value) => value switch
    {
        List<object?> list => list,
        PythonTuple tuple => tuple.Items,
        NdArray { Rank: > 0 } array => [.. Enumerable.Range(0, (int)array.Shape[0]).Select(i => (object?)Indexing.Row(array, i))],
        _ => null,
    };

    private static long[] FindShape(object? value, bool mayBeRagged)
    {
        var shape = new List<long>();
        for (var level = new List<object?> { value }; ;)
        {
            var lists = level.ConvertAll(Items);
            var sequences = lists.Count(l => l is not null);
            if (sequences == 0 || lists.Count == 0)
                return [.. shape];
            var length = lists.Find(l => l is not null)!.Count;
            if (sequences != lists.Count || lists.Exists(l => l!.Count != length) || shape.Count == MaxRank)
            {
                return mayBeRagged ? [.. shape] : throw PythonException.Value("setting an array element with a sequence. The requested array has an inhomogeneous shape after "
                    + $"{shape.Count} dimensions. The detected shape was {NdArray.ShapeText([.. shape])} + inhomogeneous part.");
            }
            shape.Add(length);
            if (length == 0)
                return [.. shape];
            level = [.. lists.SelectMany(l => l!)];
        }
    }

    private static void Flatten(object? value, long[] shape, int depth, List<object?> items)
    {
        if (depth == shape.Length)
        {
            items.Add(value is NdArray { Rank: 0 } scalar ? scalar : value);
            return;
        }
        foreach (var item in Items(value)!)
            Flatten(item, shape, depth + 1, items);
    }

    private static NumpyType Common(List<object?> items)
    {
        if (items.Count == 0)
            return NumpyType.Float64;
        NumpyType? common = null;
        foreach (var item in items)
        {
            var type = TypeOf(item);
            common = common is { } c ? Promotion.Common(c, type) : type;
        }
        return common!.Value;
    }

    /// <summary>The type that numpy gives a scalar.</summary>
    internal static NumpyType TypeOf(object? item) => item switch
    {
        bool => NumpyType.Bool,
        BigInteger i when i >= long.MinValue && i <= long.MaxValue => NumpyType.Int64,
        BigInteger i when i.Sign > 0 && i <= ulong.MaxValue => NumpyType.UInt64,
        double => NumpyType.Float64,
        Complex => NumpyType.Complex128,
        string => NumpyType.Text,
        byte[] => NumpyType.Bytes,
        NdArray array => array.Type,
        _ => NumpyType.Object,
    };

    private static void Set(Array data, long i, object? item, NumpyType type)
    {
        switch (data)
        {
            case long[] to when item is NdArray array:
                to[i] = Casting.To(array, type).Integers[0];
                break;
            case long[] to when type.Kind == 'b':
                to[i] = item is string or byte[]? (Casting.ToInteger(item).IsZero ? 0 : 1) : Casting.IsTrue(item) ? 1 : 0;
                break;
            case long[] to:
                to[i] = Casting.Wrap(Casting.Bits(Casting.ToInteger(item), type), type.Type);
                break;
            case double[] to:
                if (item is Complex)
                    throw PythonException.WrongType("float() argument must be a string or a real number, not 'complex'");
                to[i] = Casting.Round(Casting.ToDouble(item), type.Type);
                break;
            case Complex[] to:
                to[i] = Casting.Round(Casting.ToComplex(item), type.Type);
                break;
            case object?[] to:
                var plain = item is NdArray { Rank: 0 } scalar ? scalar[0] : item;
                to[i] = type.Kind == 'O' ? plain : Casting.To(NdArray.Of(NumpyType.Object, [], new[] { plain }), type).Objects[0];
                break;
        }
    }
}
