using System.Numerics;
using Engine.Tensors;

namespace Engine.Tests.Tensors.Numerics;

public class BFloat16Tests
{
    [Fact]
    public void EveryPatternSurvivesTheTripThroughFloat()
    {
        for (var bits = 0; bits <= 0xFFFF; bits++)
        {
            var x = BFloat16.FromBits((ushort)bits);
            if (BFloat16.IsNaN(x)) Assert.True(BFloat16.IsNaN((BFloat16)(float)x));
            else Assert.Equal(bits, ((BFloat16)(float)x).Bits);
        }
    }

    [Theory]
    [InlineData(1.00390625f, 0x3F80)] // half way between 1 and its successor: to even
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(1.003907f, 0x3F81)]
    [InlineData(3.4e38f, 0x7F80)]
    [InlineData(-3.4e38f, 0xFF80)]
    [InlineData(-0f, 0x8000)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    public void RoundsToNearestEven(float value, int bits) => Assert.Equal(bits, ((BFloat16)value).Bits);

    [Fact]
    public void ASignallingNaNStaysNaN() => Assert.True(BFloat16.IsNaN((BFloat16)BitConverter.UInt32BitsToSingle(0x7F800001)));

    [Fact]
    public void ServesGenericCode()
    {
        Assert.Equal(6.5f, Sum<BFloat16>([(BFloat16)1.5f, (BFloat16)5]));
        Assert.Equal((BFloat16)300, Convert<long, BFloat16>(300));
        Assert.Equal(300, Convert<BFloat16, int>((BFloat16)300));
        Assert.Equal((Half)0.5f, Convert<BFloat16, Half>((BFloat16)0.5f));
        Assert.Equal((BFloat16)0.5f, Convert<Half, BFloat16>((Half)0.5f));
        Assert.Throws<OverflowException>(() => Convert<BFloat16, int>(BFloat16.MaxValue));
    }

    [Fact]
    public void MaximumPropagatesNaN()
    {
        Assert.True(BFloat16.IsNaN(BFloat16.Max(BFloat16.One, BFloat16.NaN)));
        Assert.True(BFloat16.IsNaN(BFloat16.Min(BFloat16.NaN, BFloat16.One)));
        Assert.Equal(BFloat16.One, BFloat16.Max(BFloat16.One, BFloat16.Zero));
    }

    private static float Sum<T>(T[] values) where T : unmanaged, INumber<T>
    {
        var sum = T.Zero;
        foreach (var value in values) sum += value;
        return Convert<T, float>(sum);
    }

    private static TTo Convert<TFrom, TTo>(TFrom value) where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo>
        => TTo.CreateChecked(value);
}
