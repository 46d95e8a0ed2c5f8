using Engine.Conformance.Comparing;
using Engine.Io;

namespace Engine.Conformance.Running;

/// <summary>Reads a checkpoint: the first run fetches every tensor there is, each further one a part whose specification is its target.</summary>
internal sealed class CheckpointCase(Golden.Case @case, string folder)
{
    /// <exception cref="CaseFailedException">It holds something else than in TensorFlow.</exception>
    internal void Run()
    {
        using var files = new CaseFolder([]);
        using var reader = CheckpointReader.Open(Path.Combine(folder, @case.Name));
        CheckNames(reader);
        for (var i = 0; i < @case.Runs.Count; i++)
        {
            var run = @case.Runs[i];
            new RunCheck($"run {i}", run, files).Run(_ => [.. run.Fetches.Select(f => run.Targets is [var spec, ..] ? reader.Read(f.Name, spec) : reader.Read(f.Name))]);
        }
        reader.Verify();
    }

    private void CheckNames(CheckpointReader reader)
    {
        var expected = @case.Runs[0].Fetches.Select(f => f.Name).ToHashSet();
        var actual = reader.Tensors.Select(t => t.Name).ToHashSet();
        if (!expected.SetEquals(actual))
            throw CaseFailedException.WrongValue(new($"the tensors {Names(expected.Except(actual))} are missing, {Names(actual.Except(expected))} are too many"));
    }

    private static string Names(IEnumerable<string> names) => $"[{string.Join(", ", names.Order(StringComparer.Ordinal).Take(10))}]";
}
