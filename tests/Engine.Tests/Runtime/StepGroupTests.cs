using System.Diagnostics;
using Engine.Runtime;

namespace Engine.Tests.Runtime;

public class StepGroupTests
{
    private static readonly long Millisecond = Stopwatch.Frequency / 1000;

    [Fact]
    public void RunsSideBySideAtFirst() => Assert.Equal((true, false), new StepGroup(0, 2).Choose());

    [Theory]
    [InlineData(10, 6, true)]
    [InlineData(10, 10, false)]
    [InlineData(10, 14, false)]
    public void FindsOutWhichWayIsFaster(int inOrder, int beside, bool goesBeside)
    {
        var group = new StepGroup(0, 2);
        Run(group, 200, (inOrder, beside));
        Assert.InRange(Run(group, 640, (inOrder, beside)), goesBeside ? 630 : 10, goesBeside ? 630 : 10);
    }

    [Fact]
    public void ChangesItsMindWhenTimesChange()
    {
        var group = new StepGroup(0, 2);
        Run(group, 1000, (10, 6));
        Run(group, 1000, (10, 12));
        Assert.InRange(Run(group, 640, (10, 12)), 0, 10);
    }

    [Fact]
    public void DoesNotTryWhatCannotPay()
    {
        var group = new StepGroup(0, 2);
        for (var i = 0; i < 10; i++)
            group.Learn(group.Choose(), Millisecond / 1000);
        for (var i = 0; i < 100; i++)
        {
            var way = group.Choose();
            Assert.False(way.SideBySide);
            group.Learn(way, Millisecond / 1000);
        }
    }

    /// <summary>How many of the runs went side by side.</summary>
    private static int Run(StepGroup group, int runs, (int InOrder, int Beside) milliseconds)
    {
        var beside = 0;
        for (var i = 0; i < runs; i++)
        {
            var way = group.Choose();
            beside += way.SideBySide ? 1 : 0;
            group.Learn(way, (way.SideBySide ? milliseconds.Beside : milliseconds.InOrder) * Millisecond);
        }
        return beside;
    }
}
