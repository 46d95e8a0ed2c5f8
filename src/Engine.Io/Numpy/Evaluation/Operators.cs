using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Python's operators: on its own numbers and sequences here, on arrays by numpy's functions.</summary>
internal static class Operators
{
    private const int MaxBits = 1 << 20;

    internal static object? Unary(string op, object? value)
    {
        if (op == "not")
            return !Casting.IsTrue(value);
        if (value is NdArray array)
            return op == "-" ? Elementwise.Call("negative", array) : op == "~" ? Elementwise.Call("invert", array) : array;
        if (value is bool b)
            value = b ? BigInteger.One : BigInteger.Zero;
        return (op, value) switch
        {
            ("-", BigInteger i) => -i,
            ("-", double d) => -d,
            ("-", Complex c) => -c,
            ("+", BigInteger or double or Complex) => value,
            ("~", BigInteger i) => -i - 1,
            _ => throw PythonException.WrongType($"bad operand type for unary {op}: '{PythonText.ClassName(value)}'"),
        };
    }

    internal static object? Binary(string op, object? left, object? right)
    {
        (left, right) = (NumpyEvaluator.Sequence(left), NumpyEvaluator.Sequence(right));
        if (left is NdArray || right is NdArray)
            return op == "@" ? LinearAlgebra.MatMul(ArrayMaker.Make(left), ArrayMaker.Make(right)) : Elementwise.Call(UfuncName(op), ArrayMaker.Make(left), ArrayMaker.Make(right));
        switch (op, left, right)
        {
            case ("+", string a, string b):
                return a + b;
            case ("+", byte[] a, byte[] b):
                return (byte[])[.. a, .. b];
            case ("+", List<object?> a, List<object?> b):
                return (List<object?>)[.. a, .. b];
            case ("+", PythonTuple a, PythonTuple b):
                return new PythonTuple([.. a.Items, .. b.Items]);
            case ("*", string or byte[] or List<object?> or PythonTuple, BigInteger or bool):
                return Repeat(left, Arguments.ToIndex(right));
            case ("*", BigInteger or bool, string or byte[] or List<object?> or PythonTuple):
                return Repeat(right, Arguments.ToIndex(left));
            case ("&" or "|" or "^", bool a, bool b):
                return op == "&" ? a && b : op == "|" ? a || b : a != b;
        }
        var (x, y) = (Number(left, op), Number(right, op));
        if (x is Complex || y is Complex)
            return Complexes(op, Casting.ToComplex(x), Casting.ToComplex(y));
        return x is double || y is double || op == "/" || (op == "**" && y is BigInteger { Sign: < 0 })
            ? Floats(op, Casting.ToDouble(x), Casting.ToDouble(y))
            : Integers(op, (BigInteger)x, (BigInteger)y);
    }

    internal static object? Compare(string op, object? left, object? right)
    {
        switch (op)
        {
            case "is":
                return ReferenceEquals(left, right) || (left is bool a && right is bool b && a == b) || (left is null && right is null);
            case "is not":
                return !(bool)Compare("is", left, right)!;
            case "in":
                return right is string text ? text.Contains((string)left!, StringComparison.Ordinal) : Builtins.Iterate(right).Any(i => Casting.IsTrue(Compare("==", left, i)));
            case "not in":
                return !(bool)Compare("in", left, right)!;
        }
        if (left is NdArray || right is NdArray)
            return Elementwise.Call(UfuncName(op), ArrayMaker.Make(left), ArrayMaker.Make(right));
        if (op is "==" or "!=")
            return PythonEquality.AreEqual(left, right) == (op == "==");
        var order = (left, right) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
            (List<object?> or PythonTuple, List<object?> or PythonTuple) => Sequences(ArrayMaker.Items(left)!, ArrayMaker.Items(right)!),
            _ when Number(left, op) is BigInteger a && Number(right, op) is BigInteger b => a.CompareTo(b),
            _ => Casting.ToDouble(left) is var a && Casting.ToDouble(right) is var b && (double.IsNaN(a) || double.IsNaN(b)) ? 2 : a.CompareTo(b),
        };
        return op switch { "<" => order < 0, ">" => order == 1 || (order > 0 && order != 2), "<=" => order <= 0, _ => order >= 0 && order != 2 };
    }

    internal static object? Absolute(object? value) => value switch
    {
        NdArray array => Elementwise.Call("absolute", array),
        Complex c => Complex.Abs(c),
        double d => Math.Abs(d),
        _ => BigInteger.Abs((BigInteger)Number(value, "abs()")),
    };

    internal static object? Round(object? value, int? digits) => value switch
    {
        NdArray array => Elementwise.Round(array, digits ?? 0),
        double d when digits is null => (BigInteger)Math.Round(d, MidpointRounding.ToEven),
        double d => Elementwise.Round(d, digits.Value),
        _ => value,
    };

    /// <summary>The function of an operator.</summary>
    private static string UfuncName(string op) => op switch
    {
        "+" => "add",
        "-" => "subtract",
        "*" => "multiply",
        "/" => "divide",
        "//" => "floor_divide",
        "%" => "remainder",
        "**" => "power",
        "<<" => "left_shift",
        ">>" => "right_shift",
        "&" => "bitwise_and",
        "|" => "bitwise_or",
        "^" => "bitwise_xor",
        "==" => "equal",
        "!=" => "not_equal",
        "<" => "less",
        "<=" => "less_equal",
        ">" => "greater",
        _ => "greater_equal",
    };

    private static int Sequences(IReadOnlyList<object?> a, IReadOnlyList<object?> b)
    {
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            if (Casting.IsTrue(Compare("!=", a[i], b[i])))
                return Casting.IsTrue(Compare("<", a[i], b[i])) ? -1 : 1;
        }
        return a.Count.CompareTo(b.Count);
    }

    private static object? Repeat(object? value, long times)
    {
        const long most = 1 << 26;
        times = Math.Max(0, times);
        var length = value switch { string s => s.Length, byte[] b => b.Length, List<object?> l => l.Count, _ => ((PythonTuple)value!).Items.Count };
        if (times > most || length * times > most)
            throw new PythonException("MemoryError", "the repeated sequence is too long");
        return value switch
        {
            string s => string.Concat(Enumerable.Repeat(s, (int)times)),
            byte[] b => Enumerable.Repeat(b, (int)times).SelectMany(x => x).ToArray(),
            List<object?> list => Enumerable.Repeat(list, (int)times).SelectMany(x => x).ToList(),
            _ => new PythonTuple([.. Enumerable.Repeat(((PythonTuple)value!).Items, (int)times).SelectMany(x => x)]),
        };
    }

    private static object Number(object? value, string op) => value switch
    {
        bool b => b ? BigInteger.One : BigInteger.Zero,
        BigInteger or double or Complex => value,
        _ => throw PythonException.WrongType($"unsupported operand type(s) for {op}: '{PythonText.ClassName(value)}'"),
    };

    private static object Integers(string op, BigInteger a, BigInteger b)
    {
        switch (op)
        {
            case "+":
                return a + b;
            case "-":
                return a - b;
            case "*":
                return a.GetBitLength() + b.GetBitLength() > MaxBits ? throw TooLarge() : a * b;
            case "//":
                return FloorDivide(a, b);
            case "%":
                return a - FloorDivide(a, b) * b;
            case "**":
                return b > MaxBits || a.GetBitLength() * (long)b > MaxBits ? throw TooLarge() : BigInteger.Pow(a, (int)b);
            case "<<":
                return b.Sign < 0 || b > MaxBits ? throw TooLarge() : a << (int)b;
            case ">>":
                return b.Sign < 0 ? throw PythonException.Value("negative shift count") : b > MaxBits ? (a.Sign < 0 ? BigInteger.MinusOne : BigInteger.Zero) : a >> (int)b;
            case "&":
                return a & b;
            case "|":
                return a | b;
            case "^":
                return a ^ b;
            default:
                throw PythonException.WrongType($"unsupported operand type(s) for {op}: 'int' and 'int'");
        }
    }

    private static PythonException TooLarge() => new("MemoryError", "the number is too large");

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        if (b.IsZero)
            throw new PythonException("ZeroDivisionError", "integer division or modulo by zero");
        var quotient = BigInteger.DivRem(a, b, out var rest);
        return !rest.IsZero && rest.Sign != b.Sign ? quotient - 1 : quotient;
    }

    private static object Floats(string op, double a, double b)
    {
        if (b == 0 && op is ("/" or "//" or "%"))
            throw new PythonException("ZeroDivisionError", "float division by zero");
        if (op == "**" && a < 0 && b != Math.Floor(b))
            return Complex.Pow(a, b);
        return op switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => Math.Floor(a / b),
            "%" => Elementwise.Remainder(a, b),
            "**" => Math.Pow(a, b),
            _ => throw PythonException.WrongType($"unsupported operand type(s) for {op}: 'float' and 'float'"),
        };
    }

    private static object Complexes(string op, Complex a, Complex b) => op switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => b == Complex.Zero ? throw new PythonException("ZeroDivisionError", "complex division by zero") : a / b,
        "**" => Complex.Pow(a, b),
        _ => throw PythonException.WrongType($"unsupported operand type(s) for {op}: 'complex' and 'complex'"),
    };
}
