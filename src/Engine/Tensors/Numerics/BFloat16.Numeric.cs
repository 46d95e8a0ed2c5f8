using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Engine.Tensors;

/// <content>What generic mathematics asks of a number: classification, conversion, text. All of it through <see cref="float"/>.</content>
public readonly partial struct BFloat16
{
    static int INumberBase<BFloat16>.Radix => 2;

    static BFloat16 IAdditiveIdentity<BFloat16, BFloat16>.AdditiveIdentity => Zero;

    static BFloat16 IMultiplicativeIdentity<BFloat16, BFloat16>.MultiplicativeIdentity => One;

    /// <inheritdoc/>
    public static BFloat16 Abs(BFloat16 value) => new((ushort)(value.bits & 0x7FFF));

    /// <inheritdoc/>
    public static bool IsNaN(BFloat16 value) => (value.bits & 0x7FFF) > 0x7F80;

    /// <inheritdoc/>
    public static bool IsFinite(BFloat16 value) => (value.bits & 0x7FFF) < 0x7F80;

    /// <inheritdoc/>
    public static bool IsInfinity(BFloat16 value) => (value.bits & 0x7FFF) == 0x7F80;

    /// <inheritdoc/>
    public static bool IsPositiveInfinity(BFloat16 value) => value.bits == 0x7F80;

    /// <inheritdoc/>
    public static bool IsNegativeInfinity(BFloat16 value) => value.bits == 0xFF80;

    /// <inheritdoc/>
    public static bool IsNegative(BFloat16 value) => value.bits >= 0x8000;

    /// <inheritdoc/>
    public static bool IsPositive(BFloat16 value) => value.bits < 0x8000;

    /// <inheritdoc/>
    public static bool IsZero(BFloat16 value) => (value.bits & 0x7FFF) == 0;

    /// <inheritdoc/>
    public static bool IsNormal(BFloat16 value) => float.IsNormal(value);

    /// <inheritdoc/>
    public static bool IsSubnormal(BFloat16 value) => float.IsSubnormal(value);

    /// <inheritdoc/>
    public static bool IsInteger(BFloat16 value) => float.IsInteger(value);

    /// <inheritdoc/>
    public static bool IsEvenInteger(BFloat16 value) => float.IsEvenInteger(value);

    /// <inheritdoc/>
    public static bool IsOddInteger(BFloat16 value) => float.IsOddInteger(value);

    /// <inheritdoc/>
    public static bool IsRealNumber(BFloat16 value) => !IsNaN(value);

    static bool INumberBase<BFloat16>.IsCanonical(BFloat16 value) => true;

    static bool INumberBase<BFloat16>.IsComplexNumber(BFloat16 value) => false;

    static bool INumberBase<BFloat16>.IsImaginaryNumber(BFloat16 value) => false;

    /// <summary>The larger of two numbers; not-a-number if either is.</summary>
    public static BFloat16 Max(BFloat16 x, BFloat16 y) => (BFloat16)MathF.Max(x, y);

    /// <summary>The smaller of two numbers; not-a-number if either is.</summary>
    public static BFloat16 Min(BFloat16 x, BFloat16 y) => (BFloat16)MathF.Min(x, y);

    /// <inheritdoc/>
    public static BFloat16 MaxMagnitude(BFloat16 x, BFloat16 y) => (BFloat16)MathF.MaxMagnitude(x, y);

    /// <inheritdoc/>
    public static BFloat16 MinMagnitude(BFloat16 x, BFloat16 y) => (BFloat16)MathF.MinMagnitude(x, y);

    /// <inheritdoc/>
    public static BFloat16 MaxMagnitudeNumber(BFloat16 x, BFloat16 y) => (BFloat16)float.MaxMagnitudeNumber(x, y);

    /// <inheritdoc/>
    public static BFloat16 MinMagnitudeNumber(BFloat16 x, BFloat16 y) => (BFloat16)float.MinMagnitudeNumber(x, y);

    /// <summary>The square root, rounded to nearest.</summary>
    public static BFloat16 Sqrt(BFloat16 x) => (BFloat16)MathF.Sqrt(x);

    /// <summary>The largest integer not above the number.</summary>
    public static BFloat16 Floor(BFloat16 x) => (BFloat16)MathF.Floor(x);

    /// <summary>The smallest integer not below the number.</summary>
    public static BFloat16 Ceiling(BFloat16 x) => (BFloat16)MathF.Ceiling(x);

    /// <summary>The integer part of the number.</summary>
    public static BFloat16 Truncate(BFloat16 x) => (BFloat16)MathF.Truncate(x);

    /// <summary>The nearest integer, ties to even.</summary>
    public static BFloat16 Round(BFloat16 x) => (BFloat16)MathF.Round(x);

    // Every number type converts to and from float, so float is the go-between for all of them.
    static bool INumberBase<BFloat16>.TryConvertFromChecked<TOther>(TOther value, out BFloat16 result)
    {
        result = (BFloat16)float.CreateChecked(value);
        return true;
    }

    static bool INumberBase<BFloat16>.TryConvertFromSaturating<TOther>(TOther value, out BFloat16 result)
    {
        result = (BFloat16)float.CreateSaturating(value);
        return true;
    }

    static bool INumberBase<BFloat16>.TryConvertFromTruncating<TOther>(TOther value, out BFloat16 result)
    {
        result = (BFloat16)float.CreateTruncating(value);
        return true;
    }

    static bool INumberBase<BFloat16>.TryConvertToChecked<TOther>(BFloat16 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateChecked((float)value);
        return true;
    }

    static bool INumberBase<BFloat16>.TryConvertToSaturating<TOther>(BFloat16 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateSaturating((float)value);
        return true;
    }

    static bool INumberBase<BFloat16>.TryConvertToTruncating<TOther>(BFloat16 value, [MaybeNullWhen(false)] out TOther result)
    {
        result = TOther.CreateTruncating((float)value);
        return true;
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ((float)this).ToString(format, formatProvider);

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => ((float)this).TryFormat(destination, out charsWritten, format, provider);

    /// <inheritdoc/>
    public static BFloat16 Parse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider)
        => (BFloat16)float.Parse(s, style, provider);

    /// <inheritdoc/>
    public static BFloat16 Parse(string s, NumberStyles style, IFormatProvider? provider) => (BFloat16)float.Parse(s, style, provider);

    /// <inheritdoc/>
    public static BFloat16 Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => (BFloat16)float.Parse(s, provider);

    /// <inheritdoc/>
    public static BFloat16 Parse(string s, IFormatProvider? provider) => (BFloat16)float.Parse(s, provider);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out BFloat16 result)
    {
        var parsed = float.TryParse(s, style, provider, out var value);
        result = (BFloat16)value;
        return parsed;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out BFloat16 result)
        => TryParse(s.AsSpan(), style, provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BFloat16 result)
        => TryParse(s, NumberStyles.Float | NumberStyles.AllowThousands, provider, out result);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BFloat16 result)
        => TryParse(s.AsSpan(), provider, out result);
}
