using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Engine.Tensors;

/// <summary>A complex number of two <see cref="float"/>s. Its double-width sibling is <see cref="Complex"/>.</summary>
/// <param name="real">The real part.</param>
/// <param name="imaginary">The imaginary part.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Complex64(float real, float imaginary) : INumberBase<Complex64>, ISignedNumber<Complex64>
{
    /// <summary>The real part.</summary>
    public float Real { get; } = real;

    /// <summary>The imaginary part.</summary>
    public float Imaginary { get; } = imaginary;

    /// <summary>Zero.</summary>
    public static Complex64 Zero => default;

    /// <summary>One.</summary>
    public static Complex64 One => new(1, 0);

    /// <summary>Minus one.</summary>
    public static Complex64 NegativeOne => new(-1, 0);

    /// <summary>The square root of minus one.</summary>
    public static Complex64 ImaginaryOne => new(0, 1);

    /// <summary>The modulus, free of undue overflow.</summary>
    public float Magnitude => (float)Math.Sqrt((double)Real * Real + (double)Imaginary * Imaginary);

    /// <summary>The argument in radians, in [-π, π].</summary>
    public float Phase => (float)Math.Atan2(Imaginary, Real);

    /// <summary>The number with the imaginary part negated.</summary>
    public static Complex64 Conjugate(Complex64 value) => new(value.Real, -value.Imaginary);

    /// <summary>A real number.</summary>
    public static implicit operator Complex64(float value) => new(value, 0);

    /// <summary>Rounds both parts to nearest.</summary>
    public static explicit operator Complex64(Complex value) => new((float)value.Real, (float)value.Imaginary);

    /// <summary>Exact.</summary>
    public static implicit operator Complex(Complex64 value) => new(value.Real, value.Imaginary);

    /// <inheritdoc/>
    public static Complex64 operator +(Complex64 left, Complex64 right) => new(left.Real + right.Real, left.Imaginary + right.Imaginary);

    /// <inheritdoc/>
    public static Complex64 operator -(Complex64 left, Complex64 right) => new(left.Real - right.Real, left.Imaginary - right.Imaginary);

    /// <inheritdoc/>
    public static Complex64 operator *(Complex64 left, Complex64 right) => new(
        left.Real * right.Real - left.Imaginary * right.Imaginary,
        left.Real * right.Imaginary + left.Imaginary * right.Real);

    /// <summary>The quotient; NaN + NaNi when the divisor is zero.</summary>
    public static Complex64 operator /(Complex64 left, Complex64 right)
    {
        // Squares of floats neither overflow nor vanish in double.
        double a = left.Real, b = left.Imaginary, c = right.Real, d = right.Imaginary;
        var norm = c * c + d * d;
        return new((float)((a * c + b * d) / norm), (float)((b * c - a * d) / norm));
    }

    /// <inheritdoc/>
    public static Complex64 operator -(Complex64 value) => new(-value.Real, -value.Imaginary);

    /// <inheritdoc/>
    public static Complex64 operator +(Complex64 value) => value;

    /// <inheritdoc/>
    public static Complex64 operator ++(Complex64 value) => value + One;

    /// <inheritdoc/>
    public static Complex64 operator --(Complex64 value) => value - One;

    /// <inheritdoc/>
    public static bool operator ==(Complex64 left, Complex64 right) => left.Real == right.Real && left.Imaginary == right.Imaginary;

    /// <inheritdoc/>
    public static bool operator !=(Complex64 left, Complex64 right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(Complex64 other) => Real.Equals(other.Real) && Imaginary.Equals(other.Imaginary);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Complex64 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Real, Imaginary);

    /// <inheritdoc/>
    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);
}
