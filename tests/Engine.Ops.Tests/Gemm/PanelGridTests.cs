using Engine.Ops.Gemm;

namespace Engine.Ops.Tests.Gemm;

public sealed class PanelGridTests
{
    [Theory]
    [InlineData(48, 16, 3, new long[] { 0, 48 })]
    [InlineData(64, 16, 3, new long[] { 0, 32, 64 })]
    [InlineData(50, 16, 3, new long[] { 0, 32, 50 })]
    [InlineData(80, 16, 3, new long[] { 0, 48, 80 })]
    [InlineData(112, 16, 3, new long[] { 0, 48, 80, 112 })]
    [InlineData(7, 16, 3, new long[] { 0, 7 })]
    [InlineData(24, 8, 2, new long[] { 0, 16, 24 })]
    [InlineData(3, 1, 2, new long[] { 0, 2, 3 })]
    [InlineData(0, 16, 3, new long[] { 0 })]
    public void PanelsCoverTheColumns(long columns, int width, int tileVectors, long[] starts)
    {
        var panels = new PanelGrid(columns, width, tileVectors);
        Assert.Equal(starts, Enumerable.Range(0, (int)panels.Count + 1).Select(p => panels.Start(p)));
    }
}
