using System.CommandLine;
using Engine.Cli.Demo;
using Engine.Cli.Inputs;
using Engine.Io;

namespace Engine.Cli.Commands;

/// <summary><c>engine run</c>: runs a signature of a SavedModel, or without a model the embedded one on its samples.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        var model = new ModelOptions();
        var inputs = new InputOptions();
        var outdir = new Option<string?>("--outdir") { Description = "Also writes each output to this folder, as key.npy." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces files that are there." };
        var command = new Command("run", "Runs a model; without --dir, an embedded one that reads digits.");
        model.AddTo(command);
        inputs.AddTo(command);
        command.Options.Add(outdir);
        command.Options.Add(overwrite);
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(model.Directory) is not { } directory)
                return DigitsDemo.Run();
            using var loaded = model.Load(arguments, directory);
            var signature = model.Choose(arguments, loaded);
            var outputs = loaded.Run(signature.Key, inputs.Read(arguments, signature));
            foreach (var (key, value) in outputs.OrderBy(o => o.Key, StringComparer.Ordinal))
            {
                Console.WriteLine($"Result for output key {key}:");
                Console.WriteLine(value);
                if (arguments.GetValue(outdir) is { } folder)
                    Save(folder, key, value, arguments.GetValue(overwrite));
            }
            return 0;
        });
        return command;
    }

    private static void Save(string folder, string key, Tensor value, bool overwrite)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, key.Replace('/', '_') + ".npy");
        if (File.Exists(path) && !overwrite)
            throw EngineException.AlreadyExists($"Output file {path} already exists; pass --overwrite to replace it.");
        NpyWriter.Write(path, value);
        Console.WriteLine($"Output {key} is saved to {path}");
    }
}
