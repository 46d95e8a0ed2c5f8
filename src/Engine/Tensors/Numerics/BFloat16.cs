using System.Globalization;
using System.Numerics;

namespace Engine.Tensors;

/// <summary>
/// The 16-bit "brain" floating point number: the upper half of a <see cref="float"/>, with 8 bits of exponent and 8 of precision.
/// Arithmetic happens in <see cref="float"/> and is rounded to nearest, ties to even.
/// </summary>
public readonly partial struct BFloat16 : INumber<BFloat16>, ISignedNumber<BFloat16>, IMinMaxValue<BFloat16>
{
    private readonly ushort bits;

    private BFloat16(ushort bits) => this.bits = bits;

    /// <summary>The number with the given bits: sign, 8 bits of exponent, 7 of mantissa.</summary>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>The bits of this number.</summary>
    public ushort Bits => bits;

    /// <summary>Zero.</summary>
    public static BFloat16 Zero => new(0);

    /// <summary>One.</summary>
    public static BFloat16 One => new(0x3F80);

    /// <summary>Minus one.</summary>
    public static BFloat16 NegativeOne => new(0xBF80);

    /// <summary>Minus zero.</summary>
    public static BFloat16 NegativeZero => new(0x8000);

    /// <summary>A quiet not-a-number.</summary>
    public static BFloat16 NaN => new(0x7FC0);

    /// <summary>Plus infinity.</summary>
    public static BFloat16 PositiveInfinity => new(0x7F80);

    /// <summary>Minus infinity.</summary>
    public static BFloat16 NegativeInfinity => new(0xFF80);

    /// <summary>The largest finite number, about 3.39e38.</summary>
    public static BFloat16 MaxValue => new(0x7F7F);

    /// <summary>The lowest finite number, about -3.39e38.</summary>
    public static BFloat16 MinValue => new(0xFF7F);

    /// <summary>The smallest positive number, about 9.18e-41 (subnormal).</summary>
    public static BFloat16 Epsilon => new(0x0001);

    /// <summary>Rounds to nearest, ties to even; a not-a-number stays one and becomes quiet.</summary>
    public static explicit operator BFloat16(float value)
    {
        var b = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value)) return new((ushort)((b >> 16) | 0x0040));
        return new((ushort)((b + 0x7FFF + ((b >> 16) & 1)) >> 16));
    }

    /// <summary>Rounds to <see cref="float"/> first, as TensorFlow does.</summary>
    public static explicit operator BFloat16(double value) => (BFloat16)(float)value;

    /// <summary>Rounds to <see cref="float"/> first, as TensorFlow does.</summary>
    public static explicit operator BFloat16(int value) => (BFloat16)(float)value;

    /// <summary>Rounds to <see cref="float"/> first, as TensorFlow does.</summary>
    public static explicit operator BFloat16(long value) => (BFloat16)(float)value;

    /// <summary>Rounds to <see cref="float"/> first, as TensorFlow does.</summary>
    public static explicit operator BFloat16(Half value) => (BFloat16)(float)value;

    /// <summary>Exact.</summary>
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.bits << 16);

    /// <summary>Exact.</summary>
    public static implicit operator double(BFloat16 value) => (float)value;

    /// <summary>Rounds to nearest, ties to even.</summary>
    public static explicit operator Half(BFloat16 value) => (Half)(float)value;

    /// <summary>Truncates towards zero.</summary>
    public static explicit operator int(BFloat16 value) => (int)(float)value;

    /// <summary>Truncates towards zero.</summary>
    public static explicit operator long(BFloat16 value) => (long)(float)value;

    /// <inheritdoc/>
    public static BFloat16 operator +(BFloat16 left, BFloat16 right) => (BFloat16)((float)left + (float)right);

    /// <inheritdoc/>
    public static BFloat16 operator -(BFloat16 left, BFloat16 right) => (BFloat16)((float)left - (float)right);

    /// <inheritdoc/>
    public static BFloat16 operator *(BFloat16 left, BFloat16 right) => (BFloat16)((float)left * (float)right);

    /// <inheritdoc/>
    public static BFloat16 operator /(BFloat16 left, BFloat16 right) => (BFloat16)((float)left / (float)right);

    /// <inheritdoc/>
    public static BFloat16 operator %(BFloat16 left, BFloat16 right) => (BFloat16)((float)left % (float)right);

    /// <inheritdoc/>
    public static BFloat16 operator -(BFloat16 value) => new((ushort)(value.bits ^ 0x8000));

    /// <inheritdoc/>
    public static BFloat16 operator +(BFloat16 value) => value;

    /// <inheritdoc/>
    public static BFloat16 operator ++(BFloat16 value) => value + One;

    /// <inheritdoc/>
    public static BFloat16 operator --(BFloat16 value) => value - One;

    /// <inheritdoc/>
    public static bool operator ==(BFloat16 left, BFloat16 right) => (float)left == (float)right;

    /// <inheritdoc/>
    public static bool operator !=(BFloat16 left, BFloat16 right) => (float)left != (float)right;

    /// <inheritdoc/>
    public static bool operator <(BFloat16 left, BFloat16 right) => (float)left < (float)right;

    /// <inheritdoc/>
    public static bool operator >(BFloat16 left, BFloat16 right) => (float)left > (float)right;

    /// <inheritdoc/>
    public static bool operator <=(BFloat16 left, BFloat16 right) => (float)left <= (float)right;

    /// <inheritdoc/>
    public static bool operator >=(BFloat16 left, BFloat16 right) => (float)left >= (float)right;

    /// <summary>Orders as <see cref="float.CompareTo(float)"/> does: not-a-number comes first and equals itself.</summary>
    public int CompareTo(BFloat16 other) => ((float)this).CompareTo(other);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        BFloat16 other => CompareTo(other),
        _ => throw new ArgumentException($"Not a {nameof(BFloat16)}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => ((float)this).Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);
}
