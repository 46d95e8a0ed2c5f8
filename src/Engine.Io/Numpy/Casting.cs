using System.Globalization;
using System.Numerics;
using System.Text;
using Engine.Io.Python;

namespace Engine.Io.Numpy;

/// <summary>Conversions of elements, as numpy's <c>astype</c> makes them.</summary>
internal static class Casting
{
    /// <summary>Python's NaN, which has no sign; that of .NET has one, which a file would show.</summary>
    internal static double NaN { get; } = BitConverter.Int64BitsToDouble(0x7ff8000000000000);

    /// <summary>The array with another element type; itself if it has that type.</summary>
    /// <exception cref="PythonException">ValueError for text that is no number, TypeError for objects that are none.</exception>
    internal static NdArray To(NdArray array, NumpyType type)
    {
        if (array.Type == type)
            return array;
        var data = NdArray.Storage(type, array.Count);
        for (var i = 0L; i < array.Count; i++)
        {
            switch (data)
            {
                case long[] to:
                    to[i] = array.Data is long[] from ? Wrap(from[i], type.Type) : array.Data is double[] d ? Wrap(Truncate(d[i], type), type.Type) : Wrap(ElementInteger(array[i], type), type.Type);
                    break;
                case double[] to:
                    to[i] = Round(array.Data is double[] f ? f[i] : ToDouble(array[i]), type.Type);
                    break;
                case Complex[] to:
                    to[i] = Round(ToComplex(array[i]), type.Type);
                    break;
                default:
                    ((object?[])data)[i] = Text(array[i], type);
                    break;
            }
        }
        return NdArray.Of(type, array.Shape, data, array.IsFortran);
    }

    /// <summary>What an integer type holds of a value.</summary>
    internal static long Wrap(long value, DType type) => unchecked(type switch
    {
        DType.Bool => value != 0 ? 1 : 0,
        DType.Int8 => (sbyte)value,
        DType.UInt8 => (byte)value,
        DType.Int16 => (short)value,
        DType.UInt16 => (ushort)value,
        DType.Int32 => (int)value,
        DType.UInt32 => (uint)value,
        _ => value,
    });

    /// <summary>What a float type holds of a value.</summary>
    internal static double Round(double value, DType type) => type switch
    {
        DType.Float32 => (float)value,
        DType.Float16 => (double)(Half)value,
        _ => value,
    };

    internal static Complex Round(Complex value, DType type) => type == DType.Complex64 ? new((float)value.Real, (float)value.Imaginary) : value;

    /// <summary><c>float(value)</c>.</summary>
    internal static double ToDouble(object? value) => value switch
    {
        null => NaN,
        bool b => b ? 1 : 0,
        BigInteger i => (double)i is var wide && double.IsFinite(wide) ? wide : throw new PythonException("OverflowError", "int too large to convert to float"),
        double d => d,
        Complex c => c.Real,
        string s => ParseFloat(s),
        byte[] bytes => ParseFloat(Encoding.Latin1.GetString(bytes)),
        NdArray { Count: 1 } array => ToDouble(array[0]),
        NdArray or List<object?> or PythonTuple => throw PythonException.Value("setting an array element with a sequence."),
        _ => throw PythonException.WrongType($"float() argument must be a string or a real number, not '{PythonText.ClassName(value)}'"),
    };

    /// <summary><c>int(value)</c>.</summary>
    internal static BigInteger ToInteger(object? value) => value switch
    {
        bool b => b ? 1 : 0,
        BigInteger i => i,
        double d when double.IsNaN(d) => throw PythonException.Value("cannot convert float NaN to integer"),
        double d when double.IsInfinity(d) => throw new PythonException("OverflowError", "cannot convert float infinity to integer"),
        double d => (BigInteger)Math.Truncate(d),
        string s => ParseInteger(s),
        byte[] bytes => ParseInteger(Encoding.Latin1.GetString(bytes)),
        NdArray { Count: 1 } array => ToInteger(array[0]),
        NdArray or List<object?> or PythonTuple => throw PythonException.Value("setting an array element with a sequence."),
        _ => throw PythonException.WrongType($"int() argument must be a string, a bytes-like object or a real number, not '{PythonText.ClassName(value)}'"),
    };

    internal static Complex ToComplex(object? value) => value is Complex c ? c : value is NdArray { Count: 1 } array ? ToComplex(array[0]) : ToDouble(value);

    /// <summary>Whether Python takes a value as true.</summary>
    internal static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool b => b,
        BigInteger i => !i.IsZero,
        double d => d != 0,
        Complex c => c != Complex.Zero,
        string s => s.Length > 0,
        byte[] bytes => bytes.Length > 0,
        List<object?> list => list.Count > 0,
        PythonTuple tuple => tuple.Items.Count > 0,
        PythonDict dict => dict.Items.Count > 0,
        NdArray { Count: 1 } array => IsTrue(array[0]),
        NdArray { Count: 0 } => false,
        NdArray => throw PythonException.Value("The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()"),
        _ => true,
    };

    /// <summary>A Python integer in 64 bits; that of an unsigned type may use all of them.</summary>
    internal static long Bits(BigInteger value, NumpyType type)
    {
        if (type.Type == DType.UInt64 && value.Sign >= 0 && value <= ulong.MaxValue)
            return unchecked((long)(ulong)value);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new PythonException("OverflowError", "Python int too large to convert to C long");
    }

    private static long ElementInteger(object? value, NumpyType type) => type.Kind == 'b'
        ? value is string or byte[]? (ToInteger(value).IsZero ? 0 : 1) : IsTrue(value) ? 1 : 0
        : value is Complex c ? Truncate(c.Real, type) : Bits(ToInteger(value), type);

    // What x86 answers for values out of range.
    private static long Truncate(double value, NumpyType type)
    {
        if (type.Kind == 'b')
            return value != 0 ? 1 : 0;
        if (type.Type is DType.Int32 or DType.UInt16 or DType.Int16 or DType.UInt8 or DType.Int8)
            return value is > -2147483649.0 and < 2147483648.0 ? (long)value : int.MinValue;
        if (type.Type == DType.UInt64 && value is >= 9223372036854775808.0 and < 18446744073709551616.0)
            return unchecked((long)(ulong)value);
        return value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue;
    }

    private static object? Text(object? value, NumpyType type) => type.Kind switch
    {
        'U' => value is byte[] bytes ? Encoding.ASCII.GetString(bytes) : PythonText.Str(value),
        'S' => value as byte[] ?? Encoding.UTF8.GetBytes(PythonText.Str(value)),
        _ => value,
    };

    private static double ParseFloat(string text)
    {
        var plain = text.Trim().Replace("_", "", StringComparison.Ordinal);
        switch (plain.TrimStart('+', '-').ToLowerInvariant())
        {
            case "nan":
                return NaN;
            case "inf" or "infinity":
                return plain[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }
        return double.TryParse(plain, NumberStyles.Float & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw PythonException.Value($"could not convert string to float: {PythonText.Repr(text)}");
    }

    private static BigInteger ParseInteger(string text) => BigInteger.TryParse(text.Trim().Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw PythonException.Value($"invalid literal for int() with base 10: {PythonText.Repr(text)}");
}
