using System.Diagnostics;

namespace Engine.Runtime;

/// <summary>
/// Steps in a row of a plan that need nothing of each other. Whether they run one after the other, each with all threads, or side by side, each on one, shows when they
/// run: now and then a run goes the other way than most, and what is faster more often is what most do. A plan is used by several runs at once, whose numbers may
/// mix; a wrong one costs no more than a slow run.
/// </summary>
/// <param name="first">The first step.</param>
/// <param name="end">The one after the last.</param>
internal sealed class StepGroup(int first, int end)
{
    /// <summary>How sure a group can be of its way: then one run of 64 goes the other.</summary>
    private const int Sure = 5;

    /// <summary>Groups that take less gain nothing from another thread, which must first hear of them.</summary>
    private static readonly long Worth = Stopwatch.Frequency * 5 / 1_000_000;

    // Above 0 when side by side is faster, as it is taken to be at first.
    private int score = 1;
    private int runs;
    private long usual;

    internal int First { get; } = first;

    internal int End { get; } = end;

    internal int Count => End - First;

    /// <summary>Chooses the way of a run: the usual one, or the other to see whether it is faster.</summary>
    internal (bool SideBySide, bool IsTrial) Choose()
    {
        var isTrial = (score > 0 || usual > Worth) && ++runs >= 2 << Math.Abs(score);
        return (score > 0 != isTrial, isTrial);
    }

    /// <summary>Hears how long a run took that went the way chosen.</summary>
    internal void Learn((bool SideBySide, bool IsTrial) way, long ticks)
    {
        if (!way.IsTrial)
        {
            usual = ticks;
            return;
        }
        runs = 0;
        var (beside, inOrder) = way.SideBySide ? (ticks, usual) : (usual, ticks);
        // A second thread that brings next to nothing is better left to others.
        score = Math.Clamp(score + (beside < inOrder - (inOrder / 8) ? 1 : -1), -Sure, Sure);
    }
}
