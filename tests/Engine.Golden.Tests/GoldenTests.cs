using System.Reflection;
using Engine.Conformance.Running;
using Engine.Conformance.Work;

namespace Engine.Golden.Tests;

/// <summary>
/// What TensorFlow answered on many small graphs, a file per family. What fails is listed in <c>known.tsv</c> with a reason; a listed case that passes fails the
/// test too. <c>dotnet run -c Release --project tests/Engine.Conformance -- known tests/Golden</c> brings the list up to date.
/// </summary>
public class GoldenTests
{
    private static readonly GoldenFolder Folder = new(typeof(GoldenTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "GoldenFolder").Value!);

    private static readonly Lazy<KnownFailures> Known = new(() => KnownFailures.Read(Folder.KnownFile));

    public static TheoryData<string> Families => [.. Folder.Families];

    [Theory]
    [MemberData(nameof(Families))]
    public void Cases_end_as_in_TensorFlow(string family) => Check(Mode.Cases, Folder.CaseFileOf(family));

    [Theory]
    [MemberData(nameof(Families))]
    public void Gradients_are_those_of_TensorFlow(string family) => Check(Mode.Gradients, Folder.CaseFileOf(family));

    [Fact]
    public void Models_answer_as_in_TensorFlow() => Check(Mode.Models, Folder.ModelFile!);

    [Fact]
    public void Known_failures_are_cases_that_exist()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var c in Folder.Families.Select(Folder.CaseFileOf).Append(Folder.ModelFile!).SelectMany(CaseFile.Read))
        {
            names.Add(KnownFailures.Key(Mode.Cases, c.Name));
            if (c.Gradients.Count > 0)
                names.Add(KnownFailures.Key(Mode.Gradients, c.Name));
        }
        var families = names.Select(Family).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Known.Value.Names, n => families.Contains(Family(n)) && !names.Contains(n));
    }

    private static string Family(string name) => name[..name.IndexOf('/', StringComparison.Ordinal)];

    private static void Check(Mode mode, string file)
    {
        var results = new Suite(mode) { Limit = GoldenFolder.Limit, Threads = Environment.ProcessorCount }.Run(file);
        var differences = Known.Value.Compare(mode, results);
        Assert.True(differences.Count == 0, $"{differences.Count} of {results.Count} cases:\n{string.Join('\n', differences.Take(50))}");
    }
}
