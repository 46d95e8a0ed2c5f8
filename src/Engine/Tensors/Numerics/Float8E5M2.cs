using System.Globalization;

namespace Engine.Tensors;

/// <summary>
/// An 8-bit floating point number with 5 bits of exponent and 2 of mantissa: the upper half of a <see cref="Half"/>,
/// with infinities and not-a-numbers.
/// </summary>
public readonly struct Float8E5M2 : IEquatable<Float8E5M2>
{
    private Float8E5M2(byte bits) => Bits = bits;

    /// <summary>The bits of this number.</summary>
    public byte Bits { get; }

    /// <summary>The number with the given bits: sign, exponent, mantissa.</summary>
    public static Float8E5M2 FromBits(byte bits) => new(bits);

    /// <summary>Rounds to nearest, ties to even; overflow gives an infinity.</summary>
    public static explicit operator Float8E5M2(float value)
    {
        var sign = (byte)(BitConverter.SingleToUInt32Bits(value) >> 24 & 0x80);
        if (float.IsNaN(value)) return new((byte)(sign | 0x7E));
        var bits = Float8Rounding.Round(value, mantissaBits: 2, bias: 15);
        return new((byte)(sign | Math.Min(bits, 0x7Cu)));
    }

    /// <summary>Exact.</summary>
    public static implicit operator float(Float8E5M2 value) => (float)BitConverter.UInt16BitsToHalf((ushort)(value.Bits << 8));

    /// <inheritdoc/>
    public static bool operator ==(Float8E5M2 left, Float8E5M2 right) => (float)left == (float)right;

    /// <inheritdoc/>
    public static bool operator !=(Float8E5M2 left, Float8E5M2 right) => (float)left != (float)right;

    /// <inheritdoc/>
    public bool Equals(Float8E5M2 other) => ((float)this).Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Float8E5M2 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => ((float)this).ToString(CultureInfo.InvariantCulture);
}
