using System.CommandLine;
using Engine.Io;

namespace Engine.Cli.Commands;

/// <summary><c>engine convert</c>: models between binary and text, checkpoints between V1 and V2.</summary>
internal static class ConvertCommand
{
    internal static Command Create(Terminal terminal)
    {
        var source = new Argument<string>("source") { Description = "A SavedModel's folder, a graph or meta graph file, or a checkpoint's prefix." };
        var destination = new Argument<string?>("destination") { Description = "What to write; a SavedModel may be written beside its other form.", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--to") { Description = "text, binary, v1 or v2; the other form than the source has if not given." };
        to.AcceptOnlyFromAmong("text", "binary", "v1", "v2");
        var command = new Command("convert", "Converts models between binary and text, and checkpoints between V1 and V2.") { source, destination, to };
        command.SetAction(arguments =>
        {
            var (from, into) = (arguments.GetValue(source)!, arguments.GetValue(destination));
            var form = arguments.GetValue(to) ?? OtherForm(from);
            using var progress = new Progress(terminal);
            if (form is "v1" or "v2")
            {
                if (into is null)
                    throw EngineException.InvalidArgument("Say where the converted checkpoint is to be written.");
                progress.Begin("Converting");
                ModelConversion.ConvertCheckpoint(from, into, form == "v1" ? CheckpointFormat.V1 : CheckpointFormat.V2, new Reporter(progress));
                progress.End();
                terminal.Out.WriteLine($"Written: {into}");
                return 0;
            }
            progress.Begin("Converting");
            var written = form == "text" ? ModelConversion.ConvertToText(from, into) : ModelConversion.ConvertToBinary(from, into);
            progress.End();
            terminal.Out.WriteLine($"Written: {written}");
            return 0;
        });
        return command;
    }

    private static string OtherForm(string source)
    {
        if (Directory.Exists(source))
            return File.Exists(Path.Combine(source, "saved_model.pb")) ? "text" : "binary";
        if (File.Exists(source + ".index"))
            return "v1";
        if (Path.GetExtension(source) is ".pbtxt" or ".pbtext" or ".textproto" or ".prototxt")
            return "binary";
        if (Path.GetExtension(source) is ".pb" or ".meta")
            return "text";
        throw EngineException.InvalidArgument($"Say with --to what {source} is to become: text, binary, v1 or v2.");
    }

    // Progress<T> would answer on another thread, after the end.
    private sealed class Reporter(Progress progress) : IProgress<(int Done, int Count)>
    {
        public void Report((int Done, int Count) value) => progress.Report((double)value.Done / Math.Max(1, value.Count));
    }
}
