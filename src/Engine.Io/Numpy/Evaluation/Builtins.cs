using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Python's own functions that expressions with numpy may use.</summary>
internal static class Builtins
{
    internal static FunctionTable Functions { get; } = Create();

    /// <summary>The items of a sequence, text or dictionary.</summary>
    internal static IEnumerable<object?> Iterate(object? value) => value switch
    {
        LazyRange range => range.Items(),
        string text => text.Select(c => (object?)c.ToString()),
        byte[] bytes => bytes.Select(b => (object?)(BigInteger)b),
        PythonSet set => set.Items,
        PythonDict dict => dict.Items.Select(i => i.Key),
        _ => ArrayMaker.Items(value) ?? throw PythonException.WrongType($"'{PythonText.ClassName(value)}' object is not iterable"),
    };

    private static FunctionTable Create()
    {
        var table = new FunctionTable();
        table.Add("float", "x", a => a.Has("x") ? Casting.ToDouble(Number(a["x"])) : 0.0);
        table.Add("int", "x base", a => !a.Has("x") ? BigInteger.Zero
            : a.Has("base") && a["x"] is string text ? ParseInteger(text, (int)a.Integer("base")) : Casting.ToInteger(Number(a["x"])));
        table.Add("bool", "x", a => Casting.IsTrue(a["x"]));
        table.Add("complex", "real imag", a => Casting.ToComplex(a["real"] ?? 0.0) + Complex.ImaginaryOne * Casting.ToComplex(a["imag"] ?? 0.0));
        table.Add("str", "x", a => a.Has("x") ? PythonText.Str(a["x"]) : "");
        table.Add("bytes", "x encoding", a => a["x"] switch
        {
            null => [],
            string text => Attributes.Encode(text, a["encoding"] as string),
            byte[] bytes => bytes,
            BigInteger or bool => new byte[Math.Min(Math.Max(0, a.Integer("x")), 1 << 28)],
            var items => Iterate(items).Select(i => (byte)Arguments.ToIndex(i)).ToArray(),
        });
        table.Add("object", "", _ => throw PythonException.WrongType("an object has no value that can be fed"));
        table.Add("list", "x", a => a.Has("x") ? Iterate(a["x"]).ToList() : []);
        table.Add("tuple", "x", a => new PythonTuple(a.Has("x") ? [.. Iterate(a["x"])] : []));
        table.Add("set frozenset", "x", a => new PythonSet(a.Has("x") ? [.. Iterate(a["x"]).Distinct(PythonEquality.Instance!)] : []));
        table.Add("range", "start stop step", a => a.Integer("step", 1) is 0
            ? throw PythonException.Value("range() arg 3 must not be zero")
            : a.Has("stop") ? new LazyRange(a.Integer("start"), a.Integer("stop"), a.Integer("step", 1)) : new LazyRange(0, a.Integer("start"), 1));
        table.Add("len", "x", a => (BigInteger)(a["x"] is NdArray { Rank: > 0 } array ? array.Shape[0] : a["x"] is LazyRange range ? range.Length : Iterate(a["x"]).Count()));
        table.Add("abs", "x", a => Operators.Absolute(a["x"]));
        table.Add("round", "x digits", a => Operators.Round(a["x"], a.Has("digits") ? (int)a.Integer("digits") : null));
        table.Add("pow", "x y", a => Operators.Binary("**", a["x"], a["y"]));
        table.Add("divmod", "x y", a => new PythonTuple([Operators.Binary("//", a["x"], a["y"]), Operators.Binary("%", a["x"], a["y"])]));
        table.Add("sum", "x start", a => Iterate(a["x"]).Aggregate<object?, object?>(a["start"] ?? BigInteger.Zero, (sum, i) => Operators.Binary("+", sum, i)));
        table.Add("min", "*x", a => Extreme(a, "<"));
        table.Add("max", "*x", a => Extreme(a, ">"));
        table.Add("sorted", "x", a => Sorted(a["x"]));
        table.Add("reversed", "x", a => Iterate(a["x"]).Reverse().ToList());
        table.Add("enumerate", "x start", a => Iterate(a["x"]).Select((v, i) => (object?)new PythonTuple([(BigInteger)(i + a.Integer("start", 0)), v])).ToList());
        table.Add("zip", "*x", Zip);
        table.Add("any", "x", a => Iterate(a["x"]).Any(Casting.IsTrue));
        table.Add("all", "x", a => Iterate(a["x"]).All(Casting.IsTrue));
        table.Add("ord", "x", a => (BigInteger)(a["x"] is string { Length: > 0 } s ? char.ConvertToUtf32(s, 0) : ((byte[])a["x"]!)[0]));
        table.Add("chr", "x", a => char.ConvertFromUtf32((int)a.Integer("x")));
        table.Add("repr", "x", a => PythonText.Repr(a["x"]));
        table.Add("slice", "start stop step", a => a.Has("stop") ? new PythonSlice(a["start"], a["stop"], a["step"]) : new PythonSlice(null, a["start"], null));
        return table;
    }

    private static object? Number(object? value) => value is NdArray { Count: 1 } array ? array[0] : value;

    private static BigInteger ParseInteger(string text, int radix)
    {
        var plain = text.Trim().ToLowerInvariant();
        var digits = plain.TrimStart('-', '+');
        foreach (var (prefix, of) in new[] { ("0x", 16), ("0o", 8), ("0b", 2) })
        {
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && radix is 0 || digits.StartsWith(prefix, StringComparison.Ordinal) && radix == of)
                (digits, radix) = (digits[2..], of);
        }
        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? c - 'a' + 10 : 99;
            if (digit >= (radix == 0 ? 10 : radix))
                throw PythonException.Value($"invalid literal for int() with base {radix}: {PythonText.Repr(text)}");
            value = value * (radix == 0 ? 10 : radix) + digit;
        }
        return plain.StartsWith('-') ? -value : value;
    }

    private static object? Extreme(Arguments arguments, string op)
    {
        var items = (List<object?>)arguments.Required("x")!;
        var candidates = items.Count == 1 ? [.. Iterate(items[0])] : items;
        if (candidates.Count == 0)
            throw PythonException.Value($"{arguments.Function}() arg is an empty sequence");
        return candidates.Aggregate((best, i) => Casting.IsTrue(Operators.Compare(op, i, best)) ? i : best);
    }

    private static List<object?> Sorted(object? value)
    {
        List<object?> items = [.. Iterate(value)];
        items.Sort((a, b) => Casting.IsTrue(Operators.Compare("<", a, b)) ? -1 : Casting.IsTrue(Operators.Compare("<", b, a)) ? 1 : 0);
        return items;
    }

    private static List<object?> Zip(Arguments arguments)
    {
        var lists = ((List<object?>?)arguments["x"] ?? []).ConvertAll(l => Iterate(l).ToList());
        var count = lists.Count == 0 ? 0 : lists.Min(l => l.Count);
        return [.. Enumerable.Range(0, count).Select(i => (object?)new PythonTuple([.. lists.Select(l => l[i])]))];
    }
}
