using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>Functions of elements, with numpy's types of results and its broadcasting.</summary>
internal static class Elementwise
{
    private static readonly Dictionary<string, Func<double, double>> FloatFunctions = new()
    {
        ["sqrt"] = Math.Sqrt,
        ["cbrt"] = x => Math.Round(Math.Cbrt(x)) is var whole && whole * whole * whole == x ? whole : Math.Cbrt(x),
        ["exp"] = Math.Exp,
        ["exp2"] = x => Math.Pow(2, x),
        ["expm1"] = x => Math.Abs(x) < 1e-5 ? x + x * x / 2 + x * x * x / 6 : Math.Exp(x) - 1,
        ["log"] = Math.Log,
        ["log2"] = Math.Log2,
        ["log10"] = Math.Log10,
        ["log1p"] = x => Math.Abs(x) < 1e-5 ? x - x * x / 2 + x * x * x / 3 : Math.Log(1 + x),
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["arcsin"] = Math.Asin,
        ["arccos"] = Math.Acos,
        ["arctan"] = Math.Atan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["arcsinh"] = Math.Asinh,
        ["arccosh"] = Math.Acosh,
        ["arctanh"] = Math.Atanh,
        ["deg2rad"] = x => x * (Math.PI / 180),
        ["rad2deg"] = x => x * (180 / Math.PI),
        ["rint"] = x => Math.Round(x, MidpointRounding.ToEven),
        ["floor"] = Math.Floor,
        ["ceil"] = Math.Ceiling,
        ["trunc"] = Math.Truncate,
        ["fabs"] = Math.Abs,
        ["sinc"] = x => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x),
    };

    private static readonly Dictionary<string, Func<Complex, Complex>> ComplexFunctions = new()
    {
        ["sqrt"] = Complex.Sqrt,
        ["exp"] = Complex.Exp,
        ["log"] = Complex.Log,
        ["log10"] = Complex.Log10,
        ["sin"] = Complex.Sin,
        ["cos"] = Complex.Cos,
        ["tan"] = Complex.Tan,
        ["sinh"] = Complex.Sinh,
        ["cosh"] = Complex.Cosh,
        ["tanh"] = Complex.Tanh,
        ["arcsin"] = Complex.Asin,
        ["arccos"] = Complex.Acos,
        ["arctan"] = Complex.Atan,
    };

    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["abs"] = "absolute",
        ["true_divide"] = "divide",
        ["mod"] = "remainder",
        ["radians"] = "deg2rad",
        ["degrees"] = "rad2deg",
        ["conj"] = "conjugate",
        ["bitwise_not"] = "invert",
        ["fix"] = "trunc",
    };

    private static readonly string[] UnaryNames = ["negative", "positive", "absolute", "square", "sign", "conjugate", "invert", "reciprocal", "isnan", "isinf", "isfinite", "isneginf", "isposinf", "logical_not", "signbit", "isreal", "iscomplex"];

    private static readonly string[] BinaryNames = ["add", "subtract", "multiply", "divide", "floor_divide", "remainder", "fmod", "power", "float_power", "maximum", "minimum", "fmax", "fmin", "arctan2", "hypot",
        "logaddexp", "copysign", "heaviside", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "logical_and", "logical_or", "logical_xor", "bitwise_and", "bitwise_or", "bitwise_xor",
        "left_shift", "right_shift", "gcd", "lcm"];

    internal static void AddTo(FunctionTable table)
    {
        foreach (var name in FloatFunctions.Keys.Concat(UnaryNames))
            table.Add(name, "x dtype", a => Typed(Call(name, a.Array("x")), a));
        foreach (var name in BinaryNames)
            table.Add(name, "x1 x2 dtype", a => Typed(Call(name, a.Array("x1"), a.Array("x2")), a));
        foreach (var (alias, name) in Aliases)
        {
            if (BinaryNames.Contains(name))
                table.Add(alias, "x1 x2 dtype", a => Typed(Call(name, a.Array("x1"), a.Array("x2")), a));
            else
                table.Add(alias, "x dtype", a => Typed(Call(name, a.Array("x")), a));
        }
        table.Add("round around round_", "a decimals", a => Round(a.Array("a"), (int)a.Integer("decimals", 0)));
        table.Add("real", "val", a => Real(a.Array("val")));
        table.Add("imag", "val", a => Imaginary(a.Array("val")));
        table.Add("angle", "z deg", a => Angle(a.Array("z"), a.Switch("deg")));
        table.Add("clip", "a a_min a_max", a => Clip(a.Array("a"), a["a_min"], a["a_max"]));
        table.Add("nan_to_num", "x copy nan posinf neginf", a => NanToNumber(a.Array("x"), a.Number("nan", 0), a["posinf"], a["neginf"]));
    }

    /// <summary>A function of one array.</summary>
    internal static NdArray Call(string name, NdArray x)
    {
        if (!x.Type.IsNumber)
            throw PythonException.WrongType($"ufunc '{name}' not supported for the input types");
        switch (name)
        {
            case "negative":
                return x.Type.Kind == 'b' ? throw PythonException.WrongType("The numpy boolean negative, the `-` operator, is not supported") : Map(x, v => unchecked(-v), v => -v, v => -v);
            case "positive":
                return x;
            case "absolute" when x.Type.Kind == 'c':
                return Floats(x.Shape, ComplexPart(x.Type), x.Complexes.Select(Complex.Abs));
            case "absolute":
                return Map(x, v => x.Type.Kind == 'u' ? v : unchecked(v < 0 ? -v : v), Math.Abs, v => v);
            case "square":
                return Call("multiply", x, x);
            case "sign":
                return Map(x, v => Math.Sign(v), v => double.IsNaN(v) ? v : Math.Sign(v), v => v.Real != 0 ? Math.Sign(v.Real) : Math.Sign(v.Imaginary));
            case "conjugate":
                return Map(x, v => v, v => v, Complex.Conjugate);
            case "invert":
                return x.Type.Kind is 'b' or 'i' or 'u' ? Map(x, v => x.Type.Kind == 'b' ? 1 - v : ~v, v => v, v => v) : throw PythonException.WrongType("ufunc 'invert' not supported for the input types");
            case "reciprocal":
                return Map(x, v => v == 0 ? 0 : 1 / v, v => 1 / v, Complex.Reciprocal);
            case "isnan":
                return Test(x, double.IsNaN, c => double.IsNaN(c.Real) || double.IsNaN(c.Imaginary));
            case "isinf":
                return Test(x, double.IsInfinity, Complex.IsInfinity);
            case "isfinite":
                return Test(x, double.IsFinite, Complex.IsFinite);
            case "isneginf":
                return Test(x, double.IsNegativeInfinity, _ => false);
            case "isposinf":
                return Test(x, double.IsPositiveInfinity, _ => false);
            case "signbit":
                return Test(x, double.IsNegative, _ => false);
            case "logical_not":
                return Bools(x.Shape, i => !Casting.IsTrue(x[i]), x.Count);
            case "isreal":
                return Test(x, _ => true, c => c.Imaginary == 0);
            case "iscomplex":
                return Test(x, _ => false, c => c.Imaginary != 0);
        }
        if (x.Type.Kind == 'c')
        {
            return ComplexFunctions.TryGetValue(name, out var f)
                ? NdArray.Of(x.Type, x.Shape, x.Complexes.Select(c => Casting.Round(f(c), x.Type.Type)).ToArray())
                : throw PythonException.WrongType($"ufunc '{name}' not supported for the input types");
        }
        var type = FloatType(x.Type);
        var function = FloatFunctions[name];
        return Floats(x.Shape, type, Casting.To(x, type).Floats.Select(function));
    }

    /// <summary>A function of two arrays.</summary>
    internal static NdArray Call(string name, NdArray x, NdArray y)
    {
        var shape = Broadcasting.Common(x.Shape, y.Shape);
        if (!x.Type.IsNumber || !y.Type.IsNumber)
            return Strings(name, x, y, shape);
        var type = Promotion.Result(x, y);
        switch (name)
        {
            case "equal" or "not_equal" or "less" or "less_equal" or "greater" or "greater_equal" or "logical_and" or "logical_or" or "logical_xor":
                return Compare(name, x, y, type, shape);
            case "divide" when type.Kind is 'b' or 'i' or 'u':
                type = NumpyType.Float64;
                break;
            case "float_power":
                type = type.Kind == 'c' ? NumpyType.Complex128 : NumpyType.Float64;
                break;
            case "arctan2" or "hypot" or "logaddexp" or "copysign" or "heaviside":
                type = FloatType(type);
                break;
            case "subtract" when type.Kind == 'b':
                throw PythonException.WrongType("numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.");
            case "floor_divide" or "remainder" or "fmod" or "power" when type.Kind == 'b':
                type = NumpyType.Of(DType.Int8);
                break;
            case "left_shift" or "right_shift" or "gcd" or "lcm" when type.Kind == 'b':
                type = NumpyType.Of(DType.Int8);
                break;
        }
        if (name is "bitwise_and" or "bitwise_or" or "bitwise_xor" or "left_shift" or "right_shift" or "gcd" or "lcm" && type.Kind is not ('b' or 'i' or 'u'))
            throw PythonException.WrongType($"ufunc '{name}' not supported for the input types");
        var (a, b) = (Casting.To(x, type), Casting.To(y, type));
        var (p, q) = (Broadcasting.Places(a.Shape, shape), Broadcasting.Places(b.Shape, shape));
        var data = NdArray.Storage(type, p.LongLength);
        for (var i = 0L; i < p.LongLength; i++)
        {
            switch (data)
            {
                case long[] to:
                    to[i] = Casting.Wrap(Integers(name, a.Integers[p[i]], b.Integers[q[i]], type), type.Type);
                    break;
                case double[] to:
                    to[i] = Casting.Round(Floats(name, a.Floats[p[i]], b.Floats[q[i]]), type.Type);
                    break;
                case Complex[] to:
                    to[i] = Casting.Round(Complexes(name, a.Complexes[p[i]], b.Complexes[q[i]]), type.Type);
                    break;
            }
        }
        return NdArray.Of(type, shape, data);
    }

    internal static NdArray Round(NdArray array, int digits) => array.Type.Kind is 'b' or 'i' or 'u' && digits >= 0
        ? array.Type.Kind == 'b' ? Casting.To(array, NumpyType.Of(DType.Float16)) : array
        : Map(array, v => (long)Round((double)v, digits), v => Round(v, digits), c => new(Round(c.Real, digits), Round(c.Imaginary, digits)));

    internal static double Round(double value, int digits)
    {
        if (!double.IsFinite(value) || Math.Abs(digits) > 300)
            return value;
        var scale = Math.Pow(10, Math.Abs(digits));
        return digits >= 0 ? Math.Round(value * scale, MidpointRounding.ToEven) / scale : Math.Round(value / scale, MidpointRounding.ToEven) * scale;
    }

    /// <summary>The rest of a division that rounds down: it has the divisor's sign.</summary>
    internal static double Remainder(double a, double b)
    {
        var rest = a % b;
        if (rest == 0)
            return Math.CopySign(0, b);
        return rest < 0 != b < 0 ? rest + b : rest;
    }

    internal static NdArray Real(NdArray x) => x.Type.Kind == 'c' ? Floats(x.Shape, ComplexPart(x.Type), x.Complexes.Select(c => c.Real)) : x;

    internal static NdArray Imaginary(NdArray x) => x.Type.Kind == 'c' ? Floats(x.Shape, ComplexPart(x.Type), x.Complexes.Select(c => c.Imaginary)) : NdArray.Zeros(x.Type, x.Shape);

    internal static NdArray Clip(NdArray x, object? low, object? high)
    {
        if (low is not null)
            x = Call("maximum", x, ArrayMaker.Make(low));
        return high is null ? x : Call("minimum", x, ArrayMaker.Make(high));
    }

    /// <summary>The float type in which numpy computes functions of a type.</summary>
    internal static NumpyType FloatType(NumpyType type) => type.Kind is 'f' or 'c' ? type : NumpyType.Of(type.Size switch { 1 => DType.Float16, 2 => DType.Float32, _ => DType.Float64 });

    private static NdArray Typed(NdArray result, Arguments arguments) => arguments.Type() is { } type ? Casting.To(result, type) : result;

    private static NumpyType ComplexPart(NumpyType type) => type.Type == DType.Complex64 ? NumpyType.Float32 : NumpyType.Float64;

    private static NdArray Map(NdArray x, Func<long, long> integers, Func<double, double> floats, Func<Complex, Complex> complexes) => x.Data switch
    {
        long[] v => NdArray.Of(x.Type, x.Shape, v.Select(i => Casting.Wrap(integers(i), x.Type.Type)).ToArray()),
        double[] v => Floats(x.Shape, x.Type, v.Select(floats)),
        _ => NdArray.Of(x.Type, x.Shape, x.Complexes.Select(c => Casting.Round(complexes(c), x.Type.Type)).ToArray()),
    };

    private static NdArray Floats(long[] shape, NumpyType type, IEnumerable<double> values) => NdArray.Of(type, shape, values.Select(v => Casting.Round(v, type.Type)).ToArray());

    private static NdArray Test(NdArray x, Func<double, bool> floats, Func<Complex, bool> complexes) => x.Data switch
    {
        double[] v => Bools(x.Shape, i => floats(v[i]), x.Count),
        Complex[] v => Bools(x.Shape, i => complexes(v[i]), x.Count),
        long[] v => Bools(x.Shape, i => floats(v[i]), x.Count),
        _ => throw PythonException.WrongType("the function is not supported for the input types"),
    };

    private static NdArray Bools(long[] shape, Func<long, bool> test, long count)
    {
        var data = new long[count];
        for (var i = 0L; i < count; i++)
            data[i] = test(i) ? 1 : 0;
        return NdArray.Of(NumpyType.Bool, shape, data);
    }

    private static NdArray Strings(string name, NdArray x, NdArray y, long[] shape)
    {
        if (name is not ("equal" or "not_equal" or "less" or "less_equal" or "greater" or "greater_equal"))
            throw new PythonException("numpy.core._exceptions._UFuncNoLoopError", $"ufunc '{name}' did not contain a loop with signature matching types");
        var op = name switch { "equal" => "==", "not_equal" => "!=", "less" => "<", "less_equal" => "<=", "greater" => ">", _ => ">=" };
        var (p, q) = (Broadcasting.Places(x.Shape, shape), Broadcasting.Places(y.Shape, shape));
        return Bools(shape, i => Casting.IsTrue(Operators.Compare(op, x[p[i]], y[q[i]])), p.LongLength);
    }

    private static NdArray Compare(string name, NdArray x, NdArray y, NumpyType type, long[] shape)
    {
        var (a, b) = name.StartsWith("logical", StringComparison.Ordinal) ? (x, y) : (Casting.To(x, type), Casting.To(y, type));
        var (p, q) = (Broadcasting.Places(x.Shape, shape), Broadcasting.Places(y.Shape, shape));
        return Bools(shape, i =>
        {
            var (k, m) = (p[i], q[i]);
            switch (name)
            {
                case "logical_and":
                    return Casting.IsTrue(a[k]) && Casting.IsTrue(b[m]);
                case "logical_or":
                    return Casting.IsTrue(a[k]) || Casting.IsTrue(b[m]);
                case "logical_xor":
                    return Casting.IsTrue(a[k]) != Casting.IsTrue(b[m]);
            }
            if (a.Data is double[] f && b.Data is double[] g)
                return name switch { "equal" => f[k] == g[m], "not_equal" => f[k] != g[m], "less" => f[k] < g[m], "less_equal" => f[k] <= g[m], "greater" => f[k] > g[m], _ => f[k] >= g[m] };
            if (a.Data is Complex[] c && b.Data is Complex[] d && name is "equal" or "not_equal")
                return (a.Complexes[k] == b.Complexes[m]) == (name == "equal");
            var order = a.Data is Complex[]? Order(a.Complexes[k], b.Complexes[m]) : type.Type == DType.UInt64 ? ((ulong)a.Integers[k]).CompareTo((ulong)b.Integers[m]) : a.Integers[k].CompareTo(b.Integers[m]);
            return name switch { "equal" => order == 0, "not_equal" => order != 0, "less" => order < 0, "less_equal" => order <= 0, "greater" => order > 0, _ => order >= 0 };
        }, p.LongLength);
    }

    private static int Order(Complex a, Complex b) => a.Real != b.Real ? a.Real.CompareTo(b.Real) : a.Imaginary.CompareTo(b.Imaginary);

    private static long Integers(string name, long a, long b, NumpyType type)
    {
        var isUnsigned = type.Type == DType.UInt64;
        unchecked
        {
            switch (name)
            {
                case "add":
                    return type.Kind == 'b' ? a | b : a + b;
                case "subtract":
                    return a - b;
                case "multiply":
                    return a * b;
                case "floor_divide" when b == 0:
                case "remainder" or "fmod" when b == 0:
                    return 0;
                case "floor_divide" when isUnsigned:
                    return (long)((ulong)a / (ulong)b);
                case "floor_divide":
                    return b == -1 ? -a : a / b - (a % b != 0 && a < 0 != b < 0 ? 1 : 0);
                case "remainder" or "fmod" when isUnsigned:
                    return (long)((ulong)a % (ulong)b);
                case "remainder":
                    var rest = b == -1 ? 0 : a % b;
                    return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
                case "fmod":
                    return b == -1 ? 0 : a % b;
                case "power" when b < 0 && !isUnsigned:
                    throw PythonException.Value("Integers to negative integer powers are not allowed.");
                case "power":
                    var power = 1L;
                    for (var n = (ulong)b; n > 0; n >>= 1, a *= a)
                        power = (n & 1) != 0 ? power * a : power;
                    return power;
                case "maximum" or "fmax":
                    return isUnsigned ? (long)Math.Max((ulong)a, (ulong)b) : Math.Max(a, b);
                case "minimum" or "fmin":
                    return isUnsigned ? (long)Math.Min((ulong)a, (ulong)b) : Math.Min(a, b);
                case "bitwise_and":
                    return a & b;
                case "bitwise_or":
                    return a | b;
                case "bitwise_xor":
                    return a ^ b;
                case "left_shift":
                    return b is < 0 or >= 64 ? 0 : a << (int)b;
                case "right_shift":
                    return b is < 0 or >= 64 ? (a < 0 ? -1 : 0) : a >> (int)b;
                case "gcd":
                    return (long)BigInteger.GreatestCommonDivisor(a, b);
                case "lcm":
                    return a == 0 || b == 0 ? 0 : (long)(BigInteger.Abs((BigInteger)a * b) / BigInteger.GreatestCommonDivisor(a, b));
                default:
                    throw PythonException.WrongType($"ufunc '{name}' not supported for the input types");
            }
        }
    }

    private static double Floats(string name, double a, double b) => name switch
    {
        "add" => a + b,
        "subtract" => a - b,
        "multiply" => a * b,
        "divide" => a / b,
        "floor_divide" => b == 0 ? a / b : Math.Floor((a - Remainder(a, b)) / b + 0.25),
        "remainder" => Remainder(a, b),
        "fmod" => a % b,
        "power" or "float_power" => Math.Pow(a, b),
        "maximum" => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Max(a, b),
        "minimum" => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Min(a, b),
        "fmax" => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Max(a, b),
        "fmin" => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Min(a, b),
        "arctan2" => Math.Atan2(a, b),
        "hypot" => double.Hypot(a, b),
        "logaddexp" => a == b ? a + Math.Log(2) : Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b))),
        "copysign" => Math.CopySign(a, b),
        "heaviside" => double.IsNaN(a) ? a : a < 0 ? 0 : a > 0 ? 1 : b,
        _ => throw PythonException.WrongType($"ufunc '{name}' not supported for the input types"),
    };

    private static Complex Complexes(string name, Complex a, Complex b) => name switch
    {
        "add" => a + b,
        "subtract" => a - b,
        "multiply" => a * b,
        "divide" => a / b,
        "power" or "float_power" => Complex.Pow(a, b),
        "maximum" => Order(a, b) >= 0 ? a : b,
        "minimum" => Order(a, b) <= 0 ? a : b,
        _ => throw PythonException.WrongType($"ufunc '{name}' not supported for the input types"),
    };

    private static NdArray Angle(NdArray z, bool inDegrees)
    {
        var complex = Casting.To(z, z.Type.Kind == 'c' ? z.Type : NumpyType.Complex128);
        return Floats(z.Shape, ComplexPart(complex.Type), complex.Complexes.Select(c => c.Phase * (inDegrees ? 180 / Math.PI : 1)));
    }

    private static NdArray NanToNumber(NdArray x, double nan, object? positive, object? negative)
    {
        if (x.Data is not double[] values)
            return x;
        var largest = x.Type.Type switch { DType.Float16 => (double)Half.MaxValue, DType.Float32 => float.MaxValue, _ => double.MaxValue };
        return Floats(x.Shape, x.Type, values.Select(v => double.IsNaN(v) ? nan
            : double.IsPositiveInfinity(v) ? (positive is null ? largest : Casting.ToDouble(positive))
            : double.IsNegativeInfinity(v) ? (negative is null ? -largest : Casting.ToDouble(negative)) : v));
    }
}
