using System.Numerics;

namespace Engine.Ops.Images;

/// <summary>Greedy selection of the candidates of the highest scores that do not overlap one selected before too much.</summary>
internal static class Suppression
{
    /// <summary>The selected candidates in order, with their scores.</summary>
    /// <param name="scores">Score of each candidate; of equal ones the first goes first.</param>
    /// <param name="overlap">Overlap of two candidates.</param>
    /// <param name="limit">The largest number to select.</param>
    /// <param name="threshold">Overlaps above this exclude.</param>
    /// <param name="scoreThreshold">Scores up to this are not selected.</param>
    /// <param name="sigma">Above 0, overlaps lower scores by a Gaussian of this width rather than only exclude.</param>
    public static List<(int Index, T Score)> Select<T, TOverlap>(ReadOnlySpan<T> scores, TOverlap overlap, long limit, T threshold, T scoreThreshold, T sigma)
        where T : unmanaged, IFloatingPointIeee754<T> where TOverlap : IOverlap<T>
    {
        var selected = new List<(int Index, T Score)>();
        var queue = new PriorityQueue<(int Index, T Score, int Compared), (T Score, int Index)>(Comparer<(T Score, int Index)>.Create(
            (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Index.CompareTo(b.Index)));
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > scoreThreshold)
                queue.Enqueue((i, scores[i], 0), (scores[i], i));
        }
        var isSoft = sigma > T.Zero;
        var scale = isSoft ? T.CreateTruncating(-0.5) / sigma : T.Zero;
        while (selected.Count < limit && queue.TryDequeue(out var next, out _))
        {
            var (score, excluded) = (next.Score, false);
            // A candidate that waits again is compared only with what was selected meanwhile.
            for (var j = selected.Count - 1; j >= next.Compared && !excluded; j--)
            {
                var similarity = overlap.Between(next.Index, selected[j].Index);
                if (similarity > threshold && !isSoft)
                    excluded = true;
                else
                    // Overlaps that are not numbers, of boxes that are not finite, count as full ones.
                    score *= similarity <= threshold ? T.Exp(scale * similarity * similarity) : T.Zero;
                if (score <= scoreThreshold)
                    break;
            }
            if (excluded)
                continue;
            if (score == next.Score)
                selected.Add((next.Index, score));
            else if (score > scoreThreshold)
                queue.Enqueue((next.Index, score, selected.Count), (score, next.Index));
        }
        return selected;
    }
}
