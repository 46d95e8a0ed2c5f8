using System.Reflection;
using Engine.Conformance.Running;
using Engine.Conformance.Work;
using Engine.Runtime;

namespace Engine.Golden.Tests;

/// <summary>No pass is needed for right answers, and none relies on another: a sample of the golden cases passes with each alone, without each, and without all.</summary>
public class PassTests
{
    private const int CasesOfFamily = 14;

    private static readonly GoldenFolder Folder = new(typeof(PassTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "GoldenFolder").Value!);

    private static readonly Lazy<Job[]> Sample = new(() => [.. SampleOf(Mode.Cases, Folder.Families.Select(Folder.CaseFileOf)), .. SampleOf(Mode.Models, [Folder.ModelFile!])]);

    public static TheoryData<string> Passes => [.. PlanPasses.All];

    [Theory]
    [MemberData(nameof(Passes))]
    public void Cases_pass_with_a_pass_alone(string pass) => Check([.. PlanPasses.All.Where(p => p != pass)]);

    [Theory]
    [MemberData(nameof(Passes))]
    public void Cases_pass_without_a_pass(string pass) => Check([pass]);

    [Fact]
    public void Cases_pass_without_any() => Check([.. PlanPasses.All]);

    private static void Check(string[] disabled)
    {
        // In this process: compiled code serves all tests.
        var options = new SessionOptions { Threads = 2, DisabledPasses = disabled };
        var failed = Sample.Value.Select(job => new Result(job.Case.Name, CaseRunner.Run(job, options))).Where(r => !r.Passed).ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} cases:\n{string.Join('\n', failed.Take(20).Select(r => $"{r.Name}: {r.Text}"))}");
    }

    /// <summary>Cases from all over each file, of those that are not known to fail.</summary>
    private static IEnumerable<Job> SampleOf(Mode mode, IEnumerable<string> files)
    {
        var known = KnownFailures.Read(Folder.KnownFile).Names.ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var cases = CaseFile.Read(file).Where(c => !known.Contains(KnownFailures.Key(mode, c.Name))).ToList();
            var step = Math.Max(1, cases.Count / CasesOfFamily);
            for (var i = step / 2; i < cases.Count; i += step)
                yield return new Job { Mode = mode, Case = cases[i], Folder = mode == Mode.Models ? Path.GetDirectoryName(Path.GetFullPath(file)) : "" };
        }
    }
}
