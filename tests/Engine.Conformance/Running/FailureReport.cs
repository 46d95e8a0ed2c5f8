using System.Globalization;

namespace Engine.Conformance.Running;

/// <summary>Failures as a table for programs, and in short for people.</summary>
internal static class FailureReport
{
    private const int MaxOps = 40;
    private const int MaxCases = 20;

    /// <summary>Name, kind, op, absolute error, relative error, message: tab-separated, a line per failed case.</summary>
    internal static void Write(string path, IEnumerable<Result> results)
        => File.WriteAllLines(path, results.Where(r => !r.Passed).Select(r => string.Join('\t', r.Name, r.Kind, r.Verdict.Op,
            r.Verdict.AbsoluteError.ToString("G6", CultureInfo.InvariantCulture), r.Verdict.RelativeError.ToString("G6", CultureInfo.InvariantCulture), r.Text)));

    /// <summary>The first failures in full, and how many each op has.</summary>
    internal static void Print(TextWriter output, IReadOnlyList<Result> results)
    {
        var failed = results.Where(r => !r.Passed).ToList();
        foreach (var r in failed.Take(MaxCases))
            output.WriteLine($"{r.Name}: {r.Kind}, {r.Verdict.Op}: {Short(r.Text)}");
        if (failed.Count > MaxCases)
            output.WriteLine($"... and {failed.Count - MaxCases} more");

        var ops = failed.GroupBy(r => r.Verdict.Op).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        foreach (var op in ops.Take(MaxOps - 1))
        {
            var kinds = op.GroupBy(r => r.Kind).OrderByDescending(k => k.Count()).Select(k => $"{k.Key} {k.Count()}");
            output.WriteLine($"{op.Count(),6} {op.Key}: {string.Join(", ", kinds)}");
        }
        if (ops.Count >= MaxOps)
            output.WriteLine($"{ops.Skip(MaxOps - 1).Sum(g => g.Count()),6} in {ops.Count - MaxOps + 1} other ops");
    }

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
