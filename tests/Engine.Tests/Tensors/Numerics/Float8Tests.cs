using Engine.Tensors;

namespace Engine.Tests.Tensors.Numerics;

/// <summary>Expected patterns are the answers of TensorFlow's casts.</summary>
public class Float8Tests
{
    [Theory]
    [InlineData(0f, 0x00)]
    [InlineData(-0f, 0x80)]
    [InlineData(1f, 0x3C)]
    [InlineData(1.125f, 0x3C)]
    [InlineData(1.375f, 0x3E)]
    [InlineData(57344f, 0x7B)]
    [InlineData(61439f, 0x7B)]
    [InlineData(61440f, 0x7C)]
    [InlineData(-1e9f, 0xFC)]
    [InlineData(float.PositiveInfinity, 0x7C)]
    [InlineData(7.6293945e-06f, 0x00)]
    [InlineData(7.7e-06f, 0x01)]
    [InlineData(2.2888184e-05f, 0x02)]
    [InlineData(1e-40f, 0x00)]
    public void E5M2RoundsToNearestEven(float value, int bits) => Assert.Equal(bits, ((Float8E5M2)value).Bits);

    [Theory]
    [InlineData(0f, 0x00)]
    [InlineData(-0f, 0x80)]
    [InlineData(1f, 0x38)]
    [InlineData(448f, 0x7E)]
    [InlineData(463.99f, 0x7E)]
    [InlineData(464f, 0x7E)]
    [InlineData(464.01f, 0x7F)]
    [InlineData(480f, 0x7F)]
    [InlineData(-500f, 0xFF)]
    [InlineData(float.NegativeInfinity, 0xFF)]
    [InlineData(0.001953125f, 0x01)]
    [InlineData(0.0009765625f, 0x00)]
    [InlineData(0.00097754f, 0x01)]
    [InlineData(0.0029296875f, 0x02)]
    [InlineData(1e30f, 0x7F)]
    public void E4M3FNRoundsToNearestEven(float value, int bits) => Assert.Equal(bits, ((Float8E4M3FN)value).Bits);

    [Fact]
    public void NaNStaysNaN()
    {
        Assert.Equal(0x7E, ((Float8E5M2)BitConverter.UInt32BitsToSingle(0x7FC00000)).Bits);
        Assert.Equal(0x7F, ((Float8E4M3FN)BitConverter.UInt32BitsToSingle(0x7FC00000)).Bits);
    }

    [Fact]
    public void EveryPatternSurvivesTheTripThroughFloat()
    {
        for (var bits = 0; bits < 256; bits++)
        {
            var wide = Float8E5M2.FromBits((byte)bits);
            if (!float.IsNaN(wide)) Assert.Equal(bits, ((Float8E5M2)(float)wide).Bits);
            var fine = Float8E4M3FN.FromBits((byte)bits);
            if (!float.IsNaN(fine)) Assert.Equal(bits, ((Float8E4M3FN)(float)fine).Bits);
        }
    }
}
