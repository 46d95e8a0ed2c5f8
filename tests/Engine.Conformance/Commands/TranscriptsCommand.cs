using System.CommandLine;
using System.Text.Json;
using Engine.Conformance.Running.Transcripts;

namespace Engine.Conformance.Commands;

/// <summary>Runs commands of the <c>engine</c> tool and compares with what TensorFlow's tools answered. Ends with "N passed, N failed".</summary>
internal sealed class TranscriptsCommand : Command
{
    private readonly Argument<FileInfo[]> files = new("file") { Description = "Files of transcripts (.jsonl); what they name lies in the folder above", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> filter = new("--filter") { Description = "Only commands that contain this text", DefaultValueFactory = _ => "" };
    private readonly Option<DirectoryInfo?> data = new("--data") { Description = "The folder that holds models, checkpoints and cli" };

    private readonly Option<int> limit = new("--limit") { Description = "Seconds that a command may take", DefaultValueFactory = _ => 10 };

    internal TranscriptsCommand()
        : base("cli", "Runs commands of the tool and compares output, exit code and written files.")
    {
        Arguments.Add(files);
        Options.Add(filter);
        Options.Add(data);
        Options.Add(limit);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        var (passed, failed) = (0, 0);
        foreach (var file in arguments.GetRequiredValue(files))
        {
            List<Transcript> transcripts;
            try
            {
                transcripts = [.. File.ReadLines(file.FullName).Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<Transcript>(l)!)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                Console.Error.WriteLine(e.Message);
                return 2;
            }
            var withNumpy = transcripts.Where(t => t.MayUseNumpy).Select(t => t.Name).ToHashSet();
            using var run = new TranscriptRun(arguments.GetValue(data)?.FullName ?? file.Directory!.Parent!.FullName);
            foreach (var transcript in transcripts)
            {
                if ((!transcript.MayUseNumpy && withNumpy.Contains(transcript.Name)) || !transcript.Name.Contains(arguments.GetRequiredValue(filter), StringComparison.Ordinal))
                    continue;
                var check = Task.Run(() => Check(run, transcript));
                if ((check.Wait(TimeSpan.FromSeconds(Math.Max(1, arguments.GetRequiredValue(limit)))) ? check.Result : "it does not end") is not { } difference)
                {
                    passed++;
                    continue;
                }
                failed++;
                Console.WriteLine($"fails: {transcript.Name}\n  {difference}");
            }
        }
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static string? Check(TranscriptRun run, Transcript transcript)
    {
        try
        {
            return run.Check(transcript);
        }
        // What the tool lets through is its failure, and not the end of this run.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e.ToString();
        }
    }
}
