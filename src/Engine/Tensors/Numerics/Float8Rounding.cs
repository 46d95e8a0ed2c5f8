namespace Engine.Tensors;

/// <summary>Rounds a <see cref="float"/> to an 8-bit format with subnormals.</summary>
internal static class Float8Rounding
{
    /// <summary>
    /// Exponent and mantissa of the nearest number, ties to even, without the sign. What is too large comes back as the pattern
    /// it would have if the exponent had more bits; the format decides what becomes of it.
    /// </summary>
    public static uint Round(float value, int mantissaBits, int bias)
    {
        var magnitude = BitConverter.SingleToUInt32Bits(MathF.Abs(value));
        var exponent = (int)(magnitude >> 23) - 127 + bias;
        if (exponent <= 0)
        {
            // Subnormal: count in units of the smallest number. The product is exact (a power of two) or far below half a unit.
            var unitsPerOne = MathF.ScaleB(1, bias - 1 + mantissaBits);
            return (uint)MathF.Round(MathF.Abs(value) * unitsPerOne);
        }
        var drop = 23 - mantissaBits;
        var rebiased = magnitude - ((uint)(127 - bias) << 23);
        return (rebiased + (1u << (drop - 1)) - 1 + (rebiased >> drop & 1)) >> drop;
    }
}
