using Engine.Io;

namespace Engine.Hardening;

/// <summary>
/// Saves small tensors, then ones that do not fit, into a folder that has little room or may not be written: the errors are clear, nothing is lost and nothing
/// is left over.
/// </summary>
internal static class RefusedSaves
{
    private const int Large = 16 << 20;

    internal static int Run(string folder)
    {
        var (passed, failed) = (0, 0);
        foreach (var format in (CheckpointFormat[])[CheckpointFormat.V1, CheckpointFormat.V2])
        {
            var prefix = Path.Combine(folder, "saved-" + format);
            var there = Try(() => Save(prefix, format, 1000)) is null;
            var before = Files(folder);
            foreach (var name in (string[])[prefix, prefix + "-other"])
            {
                var error = Try(() => Save(name, format, Large));
                var left = Files(folder);
                var whole = !there || Try(() => Load(prefix)) is null;
                var right = error is EngineException && left.SequenceEqual(before) && whole;
                Console.WriteLine($"{(right ? "right" : "WRONG")}: {format}, {(name == prefix ? "over a checkpoint" : "a new one")}: {error?.GetType().Name} {(error as EngineException)?.Code} {error?.Message}"
                    + $"{(whole ? "" : "; the old one is lost")}{(left.SequenceEqual(before) ? "" : $"; left: {string.Join(' ', left.Except(before))}")}");
                if (right)
                    passed++;
                else
                    failed++;
            }
        }
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];

    private static Exception? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static void Save(string prefix, CheckpointFormat format, int bytes)
    {
        using var writer = CheckpointWriter.Create(prefix, format);
        using var tensor = Tensor.Zeros(DType.Float32, new(bytes / 4));
        writer.Add("v", tensor);
        writer.Finish();
    }

    private static void Load(string prefix)
    {
        using var reader = CheckpointReader.Open(prefix);
        reader.Verify();
        using var tensor = reader.Read("v");
        if (tensor.Count != 250)
            throw new InvalidDataException($"{tensor.Count} elements");
    }
}
