using System.Text.Json;
using Engine.Conformance.Running.Transcripts;

namespace Engine.Cli.Tests;

/// <summary>Commands with the answers of TensorFlow's tools.</summary>
public sealed class TranscriptTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("engine-cli-data-").FullName;
    private readonly TranscriptRun run;

    public TranscriptTests()
    {
        Directory.CreateSymbolicLink(Path.Combine(data, "models"), TestData.Models);
        foreach (var name in new[] { "checkpoints", "cli" })
            Directory.CreateSymbolicLink(Path.Combine(data, name), TestData.PathOf(name));
        run = new TranscriptRun(data);
    }

    public static TheoryData<string> Lines => [.. File.ReadLines(TestData.PathOf("transcripts.jsonl"))];

    public void Dispose()
    {
        run.Dispose();
        foreach (var link in Directory.EnumerateDirectories(data))
            Directory.Delete(link);
        Directory.Delete(data);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void AnswersAsTensorFlow(string line) => Assert.Null(run.Check(JsonSerializer.Deserialize<Transcript>(line)!));
}
