namespace Engine.Runtime;

/// <summary>Finds for each slot the last step that reads it: there its memory is free, and may be written in place.</summary>
internal static class Liveness
{
    internal static void Assign(List<Step> steps, int slotCount, IEnumerable<int> constants, int[] fetches)
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
            foreach (var s in steps[i].Inputs)
                last[s] = i;
            foreach (var s in steps[i].Outputs)
                last[s] = Math.Max(last[s], i);
        }
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            step.Frees = [.. step.Inputs.Concat(step.Outputs).Distinct().Where(s => !keep[s] && last[s] == i)];
            step.MayForward = [.. step.Inputs.Select(s => !keep[s] && last[s] == i && step.Inputs.Count(o => o == s) == 1)];
        }
    }
}
