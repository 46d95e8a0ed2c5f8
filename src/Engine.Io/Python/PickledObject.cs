using System.Numerics;
using System.Text;
using Engine.Io.Numpy;

namespace Engine.Io.Python;

/// <summary>A constructor that a pickle may name, or what it is building: an array or an element type, whose content comes later.</summary>
internal sealed class PickledObject
{
    private readonly Constructor constructor;
    private string descr = "";
    private NdArray? array;

    private PickledObject(Constructor constructor) => this.constructor = constructor;

    private enum Constructor
    {
        Reconstruct,
        FromBuffer,
        Scalar,
        ArrayClass,
        TypeClass,
        Encode,
        Complex,
        Set,
        List,
        Tuple,
        Dict,
        Bytes,
        Array,
        Type,
    }

    /// <summary>What a name stands for.</summary>
    /// <exception cref="PythonException">UnpicklingError for all but a few.</exception>
    internal static PickledObject Global(string module, string name) => new((module, name) switch
    {
        ("numpy.core.multiarray" or "numpy._core.multiarray", "_reconstruct") => Constructor.Reconstruct,
        ("numpy.core.multiarray" or "numpy._core.multiarray", "scalar") => Constructor.Scalar,
        ("numpy.core.numeric" or "numpy._core.numeric", "_frombuffer") => Constructor.FromBuffer,
        ("numpy", "ndarray") => Constructor.ArrayClass,
        ("numpy", "dtype") => Constructor.TypeClass,
        ("_codecs", "encode") => Constructor.Encode,
        ("builtins" or "__builtin__", "complex") => Constructor.Complex,
        ("builtins" or "__builtin__", "set" or "frozenset") => Constructor.Set,
        ("builtins" or "__builtin__", "list") => Constructor.List,
        ("builtins" or "__builtin__", "tuple") => Constructor.Tuple,
        ("builtins" or "__builtin__", "dict") or ("collections", "OrderedDict") => Constructor.Dict,
        ("builtins" or "__builtin__", "bytes" or "bytearray") => Constructor.Bytes,
        _ => throw PickleReader.Bad($"{module}.{name} is no plain data: pickles that name other classes or functions are not read"),
    });

    internal object? Call(IReadOnlyList<object?> arguments)
    {
        switch (constructor)
        {
            case Constructor.Reconstruct:
                return new PickledObject(Constructor.Array);
            case Constructor.TypeClass:
                return new PickledObject(Constructor.Type) { descr = As<string>(arguments[0]) };
            case Constructor.Scalar:
                var scalar = new PickledObject(Constructor.Array);
                var type = As<PickledObject>(arguments[0]);
                scalar.array = type.descr is "O8" or "|O" ? ArrayMaker.Make(arguments[1], NumpyType.Object) : Decode(type.descr, As<byte[]>(arguments[1]), [], false);
                return scalar;
            case Constructor.FromBuffer:
                var buffer = new PickledObject(Constructor.Array);
                buffer.array = Decode(As<PickledObject>(arguments[1]).descr, As<byte[]>(arguments[0]), Dims(arguments[2]), arguments is [_, _, _, "F", ..]);
                return buffer;
            case Constructor.Encode when arguments is [string text, ..]:
                return arguments.Count > 1 && arguments[1] is "latin1" or "latin-1" or "iso-8859-1" ? Encoding.Latin1.GetBytes(text) : Encoding.UTF8.GetBytes(text);
            case Constructor.Complex:
                return new Complex(Casting.ToDouble(arguments[0]), Casting.ToDouble(arguments[1]));
            case Constructor.Set:
                return new PythonSet(arguments.Count == 0 ? [] : [.. Items(arguments[0])]);
            case Constructor.List:
                return arguments.Count == 0 ? [] : Items(arguments[0]).ToList();
            case Constructor.Tuple:
                return new PythonTuple(arguments.Count == 0 ? [] : [.. Items(arguments[0])]);
            case Constructor.Dict when arguments.Count == 0:
                return new PythonDict();
            case Constructor.Bytes when arguments.Count == 0:
                return Array.Empty<byte>();
            case Constructor.Bytes when arguments[0] is byte[] bytes:
                return bytes;
            default:
                throw PickleReader.Bad("a constructor has other arguments than it takes");
        }
    }

    internal void Build(object? state)
    {
        var items = As<PythonTuple>(state).Items;
        if (constructor == Constructor.Type)
        {
            // (version, byte order, …): a type without order says '|'.
            if (items is [_, string order, ..] && descr.Length > 0 && char.IsLetter(descr[0]))
                descr = order + descr;
            return;
        }
        if (constructor != Constructor.Array || items is not [_, PythonTuple shape, PickledObject type, bool isFortran, var content])
            throw PickleReader.Bad("an object has a state that is not known");
        array = content is List<object?> objects
            ? NdArray.Of(NumpyType.Object, Dims(shape), objects.ToArray())
            : Decode(type.descr, content as byte[] ?? Encoding.Latin1.GetBytes(As<string>(content)), Dims(shape), isFortran);
    }

    /// <summary>A value with finished arrays in place of what built them.</summary>
    internal static object? Resolve(object? value, int depth)
    {
        if (depth == 0)
            throw PickleReader.Bad("the pickle is nested too deeply");
        switch (value)
        {
            case PickledObject { array: { } array }:
                if (array.Data is object?[] objects)
                {
                    for (var i = 0; i < objects.Length; i++)
                        objects[i] = Resolve(objects[i], depth - 1);
                }
                return array;
            case PickledObject { constructor: Constructor.Type } type:
                return NumpyType.Find(type.descr) ?? throw PickleReader.Bad($"elements of type '{type.descr}' cannot be read");
            case PickledObject:
                throw PickleReader.Bad("the pickle holds a class or function, not data");
            case List<object?> list:
                for (var i = 0; i < list.Count; i++)
                    list[i] = Resolve(list[i], depth - 1);
                return list;
            case PythonTuple tuple:
                return new PythonTuple([.. tuple.Items.Select(i => Resolve(i, depth - 1))]);
            case PythonSet set:
                return new PythonSet([.. set.Items.Select(i => Resolve(i, depth - 1))]);
            case PythonDict dict:
                for (var i = 0; i < dict.Items.Count; i++)
                    dict.Items[i] = new(dict.Items[i].Key, Resolve(dict.Items[i].Value, depth - 1));
                return dict;
            default:
                return value;
        }
    }

    private static long[] Dims(object? shape) => [.. As<PythonTuple>(shape).Items.Select(d => d is BigInteger i ? (long)i : throw PickleReader.Bad("a shape is not of integers"))];

    private static T As<T>(object? value) where T : class => value as T ?? throw PickleReader.Bad("a constructor has other arguments than it takes");

    private static IReadOnlyList<object?> Items(object? value) => ArrayMaker.Items(value) ?? throw PickleReader.Bad("a constructor has other arguments than it takes");

    private static NdArray Decode(string descr, byte[] bytes, long[] shape, bool isFortran)
    {
        using var stream = new MemoryStream(bytes);
        return NumpyFile.ReadBody(stream, new(NpyType.Parse(descr), new Shape(shape), isFortran), bytes.Length, "(pickle)");
    }
}
