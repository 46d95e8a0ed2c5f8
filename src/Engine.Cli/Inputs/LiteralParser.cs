using System.Globalization;
using System.Text;

namespace Engine.Cli.Inputs;

/// <summary>
/// Reads what users write behind <c>--input_exprs</c>: Python literals (numbers, strings, truth values, nested lists) and calls of a few numpy functions
/// (<c>np.zeros</c>, <c>np.ones</c>, <c>np.full</c>, <c>np.arange</c>, <c>np.array</c>). Nothing is ever evaluated as code.
/// </summary>
internal sealed class LiteralParser(string text)
{
    private const int MaximumDepth = 64;
    private const long MaximumElements = 1 << 28;

    private int at;

    /// <summary>The tensor that the text describes, in <paramref name="wanted"/> unless the text names a dtype itself.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT with the position of what is not understood.</exception>
    internal Tensor Parse(DType wanted)
    {
        var value = Value(0);
        SkipSpace();
        if (at < text.Length)
            throw Fail("the end");
        return NestedLists.ToTensor(value, wanted);
    }

    private object Value(int depth)
    {
        if (depth > MaximumDepth)
            throw EngineException.InvalidArgument("The expression is nested too deeply.");
        SkipSpace();
        if (at >= text.Length)
            throw Fail("a value");
        var c = text[at];
        if (c is '[' or '(')
            return List(c == '[' ? ']' : ')', depth);
        if (c is '"' or '\'')
            return String(c);
        if (c is 'b' && at + 1 < text.Length && text[at + 1] is '"' or '\'')
        {
            at++;
            return String(text[at]);
        }
        if (char.IsAsciiDigit(c) || c is '-' or '+' or '.')
            return Number();
        return Name(depth);
    }

    private object List(char end, int depth)
    {
        at++;
        var items = new List<object>();
        while (true)
        {
            SkipSpace();
            if (at < text.Length && text[at] == end)
            {
                at++;
                return items;
            }
            items.Add(Value(depth + 1));
            SkipSpace();
            if (at < text.Length && text[at] == ',')
                at++;
            else if (at >= text.Length || text[at] != end)
                throw Fail($"',' or '{end}'");
        }
    }

    private byte[] String(char quote)
    {
        at++;
        var bytes = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
                bytes.Append(text[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', var other => other });
            }
            else
            {
                bytes.Append(text[at]);
            }
            at++;
        }
        if (at >= text.Length)
            throw Fail("a closing quote");
        at++;
        return Encoding.UTF8.GetBytes(bytes.ToString());
    }

    private object Number()
    {
        var start = at++;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.' || (text[at] is '-' or '+' && text[at - 1] is 'e' or 'E')))
            at++;
        var token = text.AsSpan(start, at - start);
        if (long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return integer;
        if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
            return real;
        at = start;
        throw Fail("a number");
    }

    private object Name(int depth)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.'))
            at++;
        var name = text[start..at];
        switch (name)
        {
            case "True" or "true":
                return true;
            case "False" or "false":
                return false;
            case "nan" or "np.nan":
                return double.NaN;
            case "inf" or "np.inf":
                return double.PositiveInfinity;
        }
        SkipSpace();
        if (at < text.Length && text[at] == '(' && (name.StartsWith("np.", StringComparison.Ordinal) || name.StartsWith("numpy.", StringComparison.Ordinal)))
            return Call(name[(name.IndexOf('.') + 1)..], depth);
        at = start;
        throw Fail("a value (a number, string, list, True, False, or np.zeros, np.ones, np.full, np.arange, np.array)");
    }

    private object Call(string function, int depth)
    {
        at++;
        var arguments = new List<object>();
        DType? type = null;
        while (true)
        {
            SkipSpace();
            if (at < text.Length && text[at] == ')')
            {
                at++;
                break;
            }
            if (string.CompareOrdinal(text, at, "dtype=", 0, 6) == 0)
            {
                at += 6;
                type = TypeName();
            }
            else if (string.CompareOrdinal(text, at, "np.", 0, 3) == 0 && arguments.Count > 0 && NumpyTypes.Find(PeekName()) is not null)
            {
                type = TypeName();
            }
            else
            {
                arguments.Add(Value(depth + 1));
            }
            SkipSpace();
            if (at < text.Length && text[at] == ',')
                at++;
            else if (at >= text.Length || text[at] != ')')
                throw Fail("',' or ')'");
        }
        object made = (function, arguments.Count) switch
        {
            ("zeros", 1) => Filled(arguments[0], 0.0),
            ("ones", 1) => Filled(arguments[0], 1.0),
            ("full", 2) => Filled(arguments[0], arguments[1]),
            ("array" or "asarray", 1) => arguments[0],
            ("arange", 1) => Counted(0, arguments[0], 1L),
            ("arange", 2) => Counted(arguments[0], arguments[1], 1L),
            ("arange", 3) => Counted(arguments[0], arguments[1], arguments[2]),
            _ => throw EngineException.InvalidArgument($"np.{function} with {arguments.Count} arguments is not supported here; save the array to a .npy file and pass it with --inputs."),
        };
        return type is { } t ? new Typed(made, t) : made;
    }

    private string PeekName()
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.'))
            end++;
        return text[at..end];
    }

    private DType TypeName()
    {
        SkipSpace();
        if (at < text.Length && text[at] is '"' or '\'')
            return NumpyTypes.Find(Encoding.UTF8.GetString(String(text[at]))) ?? throw Fail("a dtype");
        var name = PeekName();
        var type = NumpyTypes.Find(name) ?? throw Fail("a dtype");
        at += name.Length;
        return type;
    }

    private static object Filled(object shape, object value)
    {
        var dims = shape is List<object> list ? list.Select(Integer).ToArray() : [Integer(shape)];
        var count = 1L;
        foreach (var d in dims)
        {
            if (d < 0 || d > MaximumElements || (count *= d) > MaximumElements)
                throw EngineException.InvalidArgument($"Shape ({string.Join(", ", dims)}) is too large or negative.");
        }
        return new FilledArray(dims, value);
    }

    private static object Counted(object start, object end, object step)
    {
        var (a, b, s) = (Integer(start), Integer(end), Integer(step));
        if (s == 0 || (b - a) / s > MaximumElements)
            throw EngineException.InvalidArgument("np.arange would be too long.");
        var items = new List<object>();
        for (var i = a; s > 0 ? i < b : i > b; i += s)
            items.Add(i);
        return items;
    }

    private static long Integer(object value) => value is long i ? i : throw EngineException.InvalidArgument("An integer is expected.");

    private void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }

    private EngineException Fail(string expected) => EngineException.InvalidArgument($"Expression '{text}' at position {at}: expected {expected}.");
}
