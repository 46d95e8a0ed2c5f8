namespace Engine.Runtime;

/// <summary>
/// Finds for each slot the last step that reads it: there its memory is free, and may be written in place. A group counts as one step, whose end is the end of all.
/// </summary>
internal static class Liveness
{
    internal static void Assign(List<Step> steps, List<StepGroup> groups, int slotCount, IEnumerable<int> constants, int[] fetches)
    {
        var keep = new bool[slotCount];
        foreach (var c in constants)
            keep[c] = true;
        foreach (var f in fetches)
            keep[f] = true;
        var last = new int[slotCount];
        Array.Fill(last, -1);
        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var s in steps[i].Inputs.Concat(steps[i].Outputs))
                last[s] = i;
        }
        var next = 0;
        foreach (var group in groups)
        {
            for (; next < group.First; next++)
                AssignStep(next, next + 1);
            AssignStep(group.First, group.End);
            next = group.End;
        }
        for (; next < steps.Count; next++)
            AssignStep(next, next + 1);

        void AssignStep(int first, int end)
        {
            var together = steps[first..end];
            var dying = together.SelectMany(s => s.Inputs.Concat(s.Outputs)).Where(s => !keep[s] && last[s] >= first && last[s] < end).ToHashSet();
            foreach (var step in together)
                step.MayForward = [.. step.Inputs.Select(s => dying.Contains(s) && together.Sum(t => t.Inputs.Count(o => o == s)) == 1)];
            together[^1].Frees = [.. dying];
        }
    }
}
