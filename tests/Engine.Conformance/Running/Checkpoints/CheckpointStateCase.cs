using System.Text.Json;
using Engine.Io;

namespace Engine.Conformance.Running;

/// <summary>Reads a folder's state file, and finds its latest checkpoint; "$DIR" stands for the folder.</summary>
internal sealed class CheckpointStateCase(string record, string root)
{
    /// <exception cref="CaseFailedException">The answer is not TensorFlow's.</exception>
    internal void Run()
    {
        using var json = JsonDocument.Parse(record);
        var expected = json.RootElement;
        var folder = Path.Combine(root, expected.GetProperty("folder").GetString()!);
        var file = expected.GetProperty("state_file").GetString()!;
        Check("the state", expected, "state", folder, () => Describe(CheckpointState.Read(folder, file)));
        Check("the latest checkpoint", expected, "latest_checkpoint", folder, () => CheckpointState.LatestCheckpoint(folder, file) ?? "none");
    }

    // An error is told by "state_error" and "latest_error"; its Python type says nothing here.
    private static void Check(string what, JsonElement expected, string key, string folder, Func<string> answer)
    {
        var fails = expected.TryGetProperty(key.Split('_')[0] + "_error", out var message);
        string actual;
        try
        {
            actual = answer();
        }
        catch (EngineException e)
        {
            if (!fails)
                throw CaseFailedException.WrongError(what, e, 0);
            return;
        }
        if (fails)
            throw CaseFailedException.NoError(what, (int)StatusCode.InvalidArgument, message.GetString()!);
        var value = expected.GetProperty(key);
        var wanted = (value.ValueKind == JsonValueKind.Object ? Describe(value) : value.GetString() ?? "none").Replace("$DIR", folder, StringComparison.Ordinal);
        if (actual != wanted)
            throw CaseFailedException.WrongValue(new($"{what} is {actual}, not {wanted}"));
    }

    private static string Describe(CheckpointState? state)
        => state is null ? "none" : Describe(state.LatestPath, state.Paths, state.Timestamps, state.LastPreservedTimestamp);

    private static string Describe(JsonElement state) => Describe(state.GetProperty("model_checkpoint_path").GetString()!,
        state.GetProperty("all_model_checkpoint_paths").EnumerateArray().Select(p => p.GetString()!),
        state.GetProperty("all_model_checkpoint_timestamps").EnumerateArray().Select(t => t.GetDouble()), state.GetProperty("last_preserved_timestamp").GetDouble());

    private static string Describe(string latest, IEnumerable<string> paths, IEnumerable<double> timestamps, double preserved)
        => FormattableString.Invariant($"{latest} of [{string.Join(" | ", paths)}] at [{string.Join(" | ", timestamps.Select(t => FormattableString.Invariant($"{t:R}")))}], preserved {preserved:R}");
}
