using Engine.Ops.Convolution;

namespace Engine.Ops.Tests.Convolution;

public sealed class WindowDimensionTests
{
    [Theory]
    [InlineData(10, 3, 1, 1, 10, 1, 1)]
    [InlineData(10, 3, 2, 1, 5, 0, 1)]
    [InlineData(10, 3, 3, 1, 4, 1, 1)]
    [InlineData(10, 2, 1, 3, 10, 1, 2)]
    [InlineData(5, 1, 3, 1, 2, 0, 0)]
    [InlineData(0, 3, 1, 1, 0, 1, 1)]
    public void SamePaddingDividesByTheStride(int input, int filter, int stride, int dilation, int output, int before, int after)
    {
        var d = WindowDimension.Create(input, filter, stride, dilation, PaddingScheme.Same);
        Assert.Equal((output, before, after), ((int)d.Output, (int)d.Before, (int)d.After));
    }

    [Theory]
    [InlineData(10, 3, 1, 1, 8)]
    [InlineData(10, 3, 2, 1, 4)]
    [InlineData(10, 3, 2, 4, 1)]
    [InlineData(2, 3, 1, 1, 0)]
    public void ValidWindowsLieInside(int input, int filter, int stride, int dilation, int output)
        => Assert.Equal(output, WindowDimension.Create(input, filter, stride, dilation, PaddingScheme.Valid).Output);

    [Fact]
    public void ExplicitPaddingCounts() => Assert.Equal(12, WindowDimension.Create(10, 3, 1, 1, PaddingScheme.Explicit, 1, 3).Output);

    [Theory]
    [InlineData(5, 3, 0, 1)]
    [InlineData(5, 3, -1, 1)]
    [InlineData(5, 3, 1, 0)]
    [InlineData(-5, 3, 1, 1)]
    [InlineData(1, 3, 1, 1)]
    [InlineData(5, -3, 1, 1)]
    [InlineData(5, int.MaxValue, 1, int.MaxValue)]
    public void ImpossibleSizesAreRefused(int input, int filter, int stride, int dilation)
        => Assert.Throws<EngineException>(() => WindowDimension.Create(input, filter, stride, dilation, PaddingScheme.Valid));

    [Fact]
    public void InsideLeavesOutThePadding()
    {
        var d = WindowDimension.Create(4, 3, 1, 2, PaddingScheme.Explicit, 3, 3);
        for (long position = 0; position < d.Output; position++)
        {
            (long first, long end) = d.Inside(position);
            for (long tap = 0; tap < d.Filter; tap++)
            {
                long place = position - 3 + (tap * 2);
                Assert.Equal(place is >= 0 and < 4, tap >= first && tap < end);
            }
        }
    }
}
