using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Engine.Tensors;

/// <content>What generic mathematics asks of a number. Conversion and text go through <see cref="Complex"/>.</content>
public readonly partial struct Complex64
{
    static int INumberBase<Complex64>.Radix => 2;

    static Complex64 IAdditiveIdentity<Complex64, Complex64>.AdditiveIdentity => Zero;

    static Complex64 IMultiplicativeIdentity<Complex64, Complex64>.MultiplicativeIdentity => One;

    /// <summary>The modulus as a complex number.</summary>
    public static Complex64 Abs(Complex64 value) => value.Magnitude;

    /// <inheritdoc/>
    public static bool IsZero(Complex64 value) => value == Zero;

    /// <inheritdoc/>
    public static bool IsNaN(Complex64 value) => Complex.IsNaN(value);

    /// <inheritdoc/>
    public static bool IsFinite(Complex64 value) => float.IsFinite(value.Real) && float.IsFinite(value.Imaginary);

    /// <inheritdoc/>
    public static bool IsInfinity(Complex64 value) => float.IsInfinity(value.Real) || float.IsInfinity(value.Imaginary);

    /// <inheritdoc/>
    public static bool IsPositiveInfinity(Complex64 value) => Complex.IsPositiveInfinity(value);

    /// <inheritdoc/>
    public static bool IsNegativeInfinity(Complex64 value) => Complex.IsNegativeInfinity(value);

    /// <inheritdoc/>
    public static bool IsNegative(Complex64 value) => value.Imaginary == 0 && float.IsNegative(value.Real);

    /// <inheritdoc/>
    public static bool IsPositive(Complex64 value) => value.Imaginary == 0 && float.IsPositive(value.Real);

    /// <inheritdoc/>
    public static bool IsInteger(Complex64 value) => value.Imaginary == 0 && float.IsInteger(value.Real);

    /// <inheritdoc/>
    public static bool IsEvenInteger(Complex64 value) => value.Imaginary == 0 && float.IsEvenInteger(value.Real);

    /// <inheritdoc/>
    public static bool IsOddInteger(Complex64 value) => value.Imaginary == 0 && float.IsOddInteger(value.Real);

    /// <inheritdoc/>
    public static bool IsRealNumber(Complex64 value) => value.Imaginary == 0 && !float.IsNaN(value.Real);

    /// <inheritdoc/>
    public static bool IsImaginaryNumber(Complex64 value) => value.Real == 0 && !float.IsNaN(value.Imaginary);

    /// <inheritdoc/>
    public static bool IsComplexNumber(Complex64 value) => value.Real != 0 && value.Imaginary != 0;

    /// <inheritdoc/>
    public static bool IsNormal(Complex64 value) => Normal(value.Real) && Normal(value.Imaginary) && value != Zero;

    /// <inheritdoc/>
    public static bool IsSubnormal(Complex64 value) => float.IsSubnormal(value.Real) || float.IsSubnormal(value.Imaginary);

    static bool INumberBase<Complex64>.IsCanonical(Complex64 value) => true;

    /// <inheritdoc/>
    public static Complex64 MaxMagnitude(Complex64 x, Complex64 y) => (Complex64)Complex.MaxMagnitude(x, y);

    /// <inheritdoc/>
    public static Complex64 MinMagnitude(Complex64 x, Complex64 y) => (Complex64)Complex.MinMagnitude(x, y);

    static Complex64 INumberBase<Complex64>.MaxMagnitudeNumber(Complex64 x, Complex64 y)
        => IsNaN(x) ? y : IsNaN(y) ? x : MaxMagnitude(x, y);

    static Complex64 INumberBase<Complex64>.MinMagnitudeNumber(Complex64 x, Complex64 y)
        => IsNaN(x) ? y : IsNaN(y) ? x : MinMagnitude(x, y);

    static bool INumberBase<Complex64>.TryConvertFromChecked<TOther>(TOther value, out Complex64 result)
    {
        result = (Complex64)Complex.CreateChecked(value);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertFromSaturating<TOther>(TOther value, out Complex64 result)
    {
        result = (Complex64)Complex.CreateSaturating(value);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertFromTruncating<TOther>(TOther value, out Complex64 result)
    {
        result = (Complex64)Complex.CreateTruncating(value);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertToChecked<TOther>(Complex64 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateChecked((Complex)value);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertToSaturating<TOther>(Complex64 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateSaturating((Complex)value);
        return true;
    }

    static bool INumberBase<Complex64>.TryConvertToTruncating<TOther>(Complex64 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateTruncating((Complex)value);
        return true;
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider)
        => $"<{Real.ToString(format, formatProvider)}; {Imaginary.ToString(format, formatProvider)}>";

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var text = ToString(format.ToString(), provider);
        charsWritten = text.TryCopyTo(destination) ? text.Length : 0;
        return charsWritten > 0;
    }

    /// <inheritdoc/>
    public static Complex64 Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider)
        => (Complex64)Complex.Parse(s, style, provider);

    /// <inheritdoc/>
    public static Complex64 Parse(string s, NumberStyles style, IFormatProvider? provider) => (Complex64)Complex.Parse(s, style, provider);

    /// <inheritdoc/>
    public static Complex64 Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => (Complex64)Complex.Parse(s, provider);

    /// <inheritdoc/>
    public static Complex64 Parse(string s, IFormatProvider? provider) => (Complex64)Complex.Parse(s, provider);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out Complex64 result)
    {
        var parsed = Complex.TryParse(s, style, provider, out var value);
        result = (Complex64)value;
        return parsed;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out Complex64 result)
        => TryParse(s.AsSpan(), style, provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Complex64 result)
        => TryParse(s, NumberStyles.Float | NumberStyles.AllowThousands, provider, out result);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Complex64 result)
        => TryParse(s.AsSpan(), provider, out result);

    private static bool Normal(float part) => part == 0 || float.IsNormal(part);
}
