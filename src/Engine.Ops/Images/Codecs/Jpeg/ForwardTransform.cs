namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The cosine transform of a block, in integers (Loeffler, Ligtenberg and Moschytz); the result is 8 times too large.</summary>
internal static class ForwardTransform
{
    private const int ConstantBits = 13;
    private const int PassBits = 2;

    public static void Invoke(Span<int> block)
    {
        for (var y = 0; y < 8; y++)
            Line(block[(8 * y)..], 1, PassBits, ConstantBits - PassBits);
        for (var x = 0; x < 8; x++)
            Line(block[x..], 8, -PassBits, ConstantBits + PassBits);
    }

    /// <summary>Transforms 8 values <paramref name="step"/> apart. The two without a product are moved left by <paramref name="plainShift"/>, the others right by <paramref name="shift"/>.</summary>
    private static void Line(Span<int> d, int step, int plainShift, int shift)
    {
        int sum0 = d[0] + d[7 * step], sum1 = d[step] + d[6 * step], sum2 = d[2 * step] + d[5 * step], sum3 = d[3 * step] + d[4 * step];
        int t7 = d[0] - d[7 * step], t6 = d[step] - d[6 * step], t5 = d[2 * step] - d[5 * step], t4 = d[3 * step] - d[4 * step];

        int even0 = sum0 + sum3, even3 = sum0 - sum3, even1 = sum1 + sum2, even2 = sum1 - sum2;
        d[0] = Plain(even0 + even1);
        d[4 * step] = Plain(even0 - even1);
        var z1 = (even2 + even3) * 4433;
        d[2 * step] = Rounded(z1 + (even3 * 6270));
        d[6 * step] = Rounded(z1 - (even2 * 15137));

        int z3 = t4 + t6, z4 = t5 + t7;
        var z5 = (z3 + z4) * 9633;
        z1 = (t4 + t7) * -7373;
        var z2 = (t5 + t6) * -20995;
        z3 = (z3 * -16069) + z5;
        z4 = (z4 * -3196) + z5;
        d[7 * step] = Rounded((t4 * 2446) + z1 + z3);
        d[5 * step] = Rounded((t5 * 16819) + z2 + z4);
        d[3 * step] = Rounded((t6 * 25172) + z2 + z3);
        d[step] = Rounded((t7 * 12299) + z1 + z4);

        int Plain(int value) => plainShift >= 0 ? value << plainShift : (value + (1 << (-plainShift - 1))) >> -plainShift;
        int Rounded(int value) => (value + (1 << (shift - 1))) >> shift;
    }
}
