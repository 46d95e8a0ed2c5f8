using System.Text;
using Engine.Cli;

namespace Engine.Conformance.Running.Transcripts;

/// <summary>Runs commands in this process, each transcript in a fresh folder that holds links to the data only.</summary>
internal sealed class TranscriptRun(string data) : IDisposable
{
    private static readonly string[] Links = ["models", "checkpoints", "cli"];

    private readonly string home = Directory.GetCurrentDirectory();

    /// <summary>Runs a transcript's commands.</summary>
    /// <returns>Null if all is as recorded, else what is not.</returns>
    internal string? Check(Transcript transcript)
    {
        var folder = Directory.CreateTempSubdirectory("engine-cli-").FullName;
        try
        {
            foreach (var link in Links)
            {
                if (Path.Exists(Path.Combine(data, link)))
                    Directory.CreateSymbolicLink(Path.Combine(folder, link), Path.Combine(data, link));
            }
            Directory.SetCurrentDirectory(folder);
            foreach (var command in transcript.Before)
                Run(command);
            var (exitCode, output, errors) = Run(transcript.Arguments);
            if (exitCode != transcript.ExitCode)
                return $"exit code {exitCode}, not {transcript.ExitCode}: {errors}";
            return TranscriptComparer.Compare(transcript, output) ?? CompareFiles(transcript, folder);
        }
        finally
        {
            Directory.SetCurrentDirectory(home);
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => Directory.SetCurrentDirectory(home);

    private static (int ExitCode, string Output, string Errors) Run(IReadOnlyList<string> arguments)
    {
        using var output = new MemoryStream();
        using var writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\n" };
        using var errors = new StringWriter();
        var exitCode = EngineTool.Run(arguments, new(writer, errors, TextReader.Null));
        writer.Flush();
        return (exitCode, Escape(output.ToArray()), errors.ToString());
    }

    // Bytes that are no text stand as \xNN in the records.
    private static string Escape(byte[] bytes)
    {
        var text = new StringBuilder();
        ReadOnlySpan<byte> rest = bytes;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var used) == System.Buffers.OperationStatus.Done)
                text.Append(rune);
            else
                foreach (var b in rest[..used])
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{b:x2}");
            rest = rest[used..];
        }
        return text.ToString();
    }

    private static string? CompareFiles(Transcript transcript, string folder)
    {
        var written = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllBytes);
        if (written.Keys.Except(transcript.Files.Keys).FirstOrDefault() is { } extra)
            return $"file {extra} was written";
        foreach (var (name, content) in transcript.Files)
        {
            if (!written.TryGetValue(name, out var bytes))
                return $"file {name} was not written";
            if (TranscriptComparer.CompareFile(Convert.FromBase64String(content), bytes, transcript.IsApproximate) is { } difference)
                return $"file {name}: {difference}";
        }
        return null;
    }
}
