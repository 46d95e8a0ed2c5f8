using System.Numerics;
using System.Text;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary><c>value.name</c>: properties and methods of arrays, types, text and bytes.</summary>
internal static class Attributes
{
    // Methods of arrays that are functions of numpy with the array first.
    private static readonly HashSet<string> Methods = ["sum", "prod", "mean", "std", "var", "min", "max", "any", "all", "argmin", "argmax", "cumsum", "cumprod", "ptp", "clip", "round", "conj", "conjugate", "ravel",
        "swapaxes", "squeeze", "repeat", "take", "nonzero", "diagonal", "trace", "dot", "argsort", "copy", "compress", "choose", "searchsorted"];

    internal static object? Get(object? target, string name)
    {
        if (target is NumpyModule module)
            return module.Get(name);
        object? found = target switch
        {
            NdArray array => Array(array, name),
            NumpyType type => OfType(type, name),
            string text => Text(text, name),
            byte[] bytes => Bytes(bytes, name),
            Complex c => name switch { "real" => c.Real, "imag" => c.Imaginary, "conjugate" => Method(name, "", _ => Complex.Conjugate(c)), _ => null },
            double d => name switch { "real" => d, "imag" => 0.0, "is_integer" => Method(name, "", _ => d == Math.Floor(d)), _ => null },
            List<object?> list => name switch { "copy" => Method(name, "", _ => list.ToList()), "count" => Method(name, "x", a => (BigInteger)list.Count(i => PythonEquality.AreEqual(i, a["x"]))), _ => null },
            Function { Name: "range" or "int" } => null,
            _ => null,
        };
        return found ?? throw new PythonException("AttributeError", $"'{PythonText.ClassName(target)}' object has no attribute '{name}' that expressions may use");
    }

    /// <summary>Text as bytes.</summary>
    internal static byte[] Encode(string text, string? encoding) => (encoding ?? "utf-8").ToLowerInvariant().Replace('_', '-') switch
    {
        "utf-8" or "utf8" => Encoding.UTF8.GetBytes(text),
        "ascii" or "us-ascii" when !text.Any(c => c > 0x7f) => Encoding.ASCII.GetBytes(text),
        "latin-1" or "latin1" or "iso-8859-1" when !text.Any(c => c > 0xff) => Encoding.Latin1.GetBytes(text),
        "utf-16" or "utf16" => [0xff, 0xfe, .. Encoding.Unicode.GetBytes(text)],
        "utf-16-le" or "utf-16le" => Encoding.Unicode.GetBytes(text),
        "utf-32" or "utf32" => [0xff, 0xfe, 0, 0, .. Encoding.UTF32.GetBytes(text)],
        var other => throw new PythonException("LookupError", $"the text cannot be encoded as {other}"),
    };

    private static Function Method(string name, string parameters, Func<Arguments, object?> body) => new(name, parameters, body);

    private static object? Array(NdArray array, string name)
    {
        switch (name)
        {
            case "T":
                return Reordering.Transpose(array);
            case "shape":
                return new PythonTuple([.. array.Shape.Select(d => (object?)(BigInteger)d)]);
            case "size":
                return (BigInteger)array.Count;
            case "ndim":
                return (BigInteger)array.Rank;
            case "itemsize":
                return (BigInteger)array.Type.Size;
            case "nbytes":
                return (BigInteger)(array.Type.Size * array.Count);
            case "dtype":
                return array.Type;
            case "real":
                return Elementwise.Real(array);
            case "imag":
                return Elementwise.Imaginary(array);
            case "flat":
                return Joining.Flat(array);
            case "astype":
                return Method(name, "dtype order casting subok copy", a => Casting.To(array, a.Type() ?? array.Type));
            case "view":
                return Method(name, "dtype", a => a.Type() is { } type && type != array.Type ? View(array, type) : array);
            case "reshape":
                return Method(name, "*shape order", a => Joining.Reshape(array, Dims(a["shape"]), a["order"] as string));
            case "transpose":
                return Method(name, "*axes", a => Reordering.Transpose(array, a["axes"] is List<object?> { Count: > 0 } axes && axes[0] is not null ? [.. Dims(axes).Select(d => Reordering.Axis(d, array.Rank))] : null));
            case "flatten":
                return Method(name, "order", a => Joining.Reshape(array, [-1], a["order"] as string));
            case "tolist":
                return Method(name, "", _ => ToList(array));
            case "item":
                return Method(name, "*index", a => a["index"] is List<object?> { Count: > 0 } index
                    ? (index.Count == 1 && array.Rank != 1 ? Joining.Flat(array)[Arguments.ToIndex(index[0])] : ((NdArray)Subscripts.Get(array, new PythonTuple(index))!)[0])
                    : array.Count == 1 ? array[0] : throw PythonException.Value("can only convert an array of size 1 to a Python scalar"));
            case "tobytes" or "tostring":
                return Method(name, "order", _ => ToBytes(array));
            case "fill" or "sort" or "resize" or "put" or "setflags":
                throw new PythonException("AttributeError", $"{name} changes an array in place and gives nothing back");
        }
        return Methods.Contains(name) && NumpyModule.Root.Function(name) is { } function
            ? Method(name, FunctionParameters(function), a => function.Body(a.With(function.Parameters, array)))
            : null;
    }

    // All but the first parameter, which is the array.
    private static string FunctionParameters(Function function) => string.Join(' ', function.Parameters.Split(' ').Skip(1));

    private static long[] Dims(object? value) => value is List<object?> { Count: 1 } list ? Arguments.ToShape(list[0]) : Arguments.ToShape(value);

    private static object? ToList(NdArray array) => array.Rank == 0 ? array[0] : ArrayMaker.Items(array)!.Select(i => ToList((NdArray)i!)).ToList();

    private static byte[] ToBytes(NdArray array)
    {
        if (!array.Type.IsNumber)
            throw PythonException.WrongType("only numbers have bytes here");
        using var tensor = TensorArrays.ToTensor(array, array.Type.Type);
        return tensor.Bytes().ToArray();
    }

    private static NdArray View(NdArray array, NumpyType type)
    {
        if (!type.IsNumber || array.Rank == 0 || array.Shape[^1] * array.Type.Size % type.Size != 0)
            throw PythonException.Value("When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.");
        var bytes = ToBytes(array);
        using var stream = new MemoryStream(bytes);
        long[] shape = [.. array.Shape[..^1], array.Shape[^1] * array.Type.Size / type.Size];
        return NumpyFile.ReadBody(stream, new(new NpyType(type.Type, type.Size), new Shape(shape), false), bytes.Length, "view");
    }

    private static object? OfType(NumpyType type, string name) => name switch
    {
        "name" => type.Name,
        "itemsize" => (BigInteger)type.Size,
        "kind" => type.Kind.ToString(),
        "type" => type,
        _ => null,
    };

    private static Function? Text(string text, string name) => name switch
    {
        "encode" => Method(name, "encoding errors", a => Encode(text, a["encoding"] as string)),
        "upper" => Method(name, "", _ => text.ToUpperInvariant()),
        "lower" => Method(name, "", _ => text.ToLowerInvariant()),
        "strip" => Method(name, "chars", a => a["chars"] is string chars ? text.Trim(chars.ToCharArray()) : text.Trim()),
        "split" => Method(name, "sep maxsplit", a => (a["sep"] is string separator
            ? text.Split(separator) : text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(s => (object?)s).ToList()),
        "replace" => Method(name, "old new", a => text.Replace((string)a.Required("old")!, (string)a.Required("new")!, StringComparison.Ordinal)),
        "join" => Method(name, "items", a => string.Join(text, Builtins.Iterate(a["items"]).Select(i => (string)i!))),
        "zfill" => Method(name, "width", a => text.PadLeft((int)Math.Clamp(a.Integer("width"), 0, 1 << 20), '0')),
        "startswith" => Method(name, "prefix", a => text.StartsWith((string)a["prefix"]!, StringComparison.Ordinal)),
        "endswith" => Method(name, "suffix", a => text.EndsWith((string)a["suffix"]!, StringComparison.Ordinal)),
        _ => null,
    };

    private static Function? Bytes(byte[] bytes, string name) => name switch
    {
        "decode" => Method(name, "encoding errors", a => a["encoding"] is string and not ("utf-8" or "utf8" or "UTF-8") ? Encoding.Latin1.GetString(bytes) : Encoding.UTF8.GetString(bytes)),
        "hex" => Method(name, "", _ => Convert.ToHexStringLower(bytes)),
        "join" => Method(name, "items", a => Builtins.Iterate(a["items"]).SelectMany((x, i) => i == 0 ? (byte[])x! : [.. bytes, .. (byte[])x!]).ToArray()),
        _ => null,
    };
}
