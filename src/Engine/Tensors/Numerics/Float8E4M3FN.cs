using System.Globalization;

namespace Engine.Tensors;

/// <summary>
/// An 8-bit floating point number with 4 bits of exponent and 3 of mantissa. It has no infinities: the largest finite number is 448
/// and one pattern of each sign is not-a-number.
/// </summary>
public readonly struct Float8E4M3FN : IEquatable<Float8E4M3FN>
{
    private Float8E4M3FN(byte bits) => Bits = bits;

    /// <summary>The bits of this number.</summary>
    public byte Bits { get; }

    /// <summary>The number with the given bits: sign, exponent, mantissa.</summary>
    public static Float8E4M3FN FromBits(byte bits) => new(bits);

    /// <summary>Rounds to nearest, ties to even; overflow and infinities give not-a-number.</summary>
    public static explicit operator Float8E4M3FN(float value)
    {
        var sign = (byte)(BitConverter.SingleToUInt32Bits(value) >> 24 & 0x80);
        if (!float.IsFinite(value)) return new((byte)(sign | 0x7F));
        var bits = Float8Rounding.Round(value, mantissaBits: 3, bias: 7);
        return new((byte)(sign | Math.Min(bits, 0x7Fu)));
    }

    /// <summary>Exact.</summary>
    public static implicit operator float(Float8E4M3FN value)
    {
        int magnitude = value.Bits & 0x7F, exponent = magnitude >> 3, mantissa = magnitude & 7;
        var result = magnitude == 0x7F ? float.NaN
            : exponent == 0 ? mantissa * (1f / 512)
            : BitConverter.Int32BitsToSingle((exponent - 7 + 127) << 23 | mantissa << 20);
        return value.Bits < 0x80 ? result : -result;
    }

    /// <inheritdoc/>
    public static bool operator ==(Float8E4M3FN left, Float8E4M3FN right) => (float)left == (float)right;

    /// <inheritdoc/>
    public static bool operator !=(Float8E4M3FN left, Float8E4M3FN right) => (float)left != (float)right;

    /// <inheritdoc/>
    public bool Equals(Float8E4M3FN other) => ((float)this).Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Float8E4M3FN other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}
