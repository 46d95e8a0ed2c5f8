using System.Reflection;
using Engine.Io;
using Spectre.Console;

namespace Engine.Cli.Demo;

/// <summary>Runs the embedded model, a small convolutional net that reads digits, on embedded drawings and shows both.</summary>
internal static class DigitsDemo
{
    private const string Prefix = "digits/";

    internal static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("engine-digits-");
        try
        {
            Extract(folder.FullName);
            using var model = SavedModel.Load(Path.Combine(folder.FullName, "model"));
            using var samples = new NpzReader(Path.Combine(folder.FullName, "samples.npz"));
            using var images = samples.Read("images");
            var labels = samples.Read("labels").ToArray<long>();
            var outputs = model.Run("serving_default", new Dictionary<string, Tensor> { ["images"] = images });
            var probabilities = outputs["probabilities"].ToArray<float>();
            var classes = outputs["classes"].ToArray<long>();
            var right = 0;
            var grid = new Grid().AddColumn().AddColumn().AddColumn().AddColumn();
            for (var first = 0; first < classes.Length; first += 4)
            {
                var row = new List<string>();
                for (var i = first; i < Math.Min(first + 4, classes.Length); i++)
                {
                    right += classes[i] == labels[i] ? 1 : 0;
                    var probability = probabilities[i * 10 + classes[i]];
                    row.Add(Picture.Draw(images, i) + $"\n[bold]{classes[i]}[/] at {100 * probability:0.0} %\n");
                }
                while (row.Count < 4)
                    row.Add("");
                grid.AddRow([.. row]);
            }
            AnsiConsole.Write(grid);
            AnsiConsole.WriteLine($"{right} of {classes.Length} digits read correctly.");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Extract(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, name[Prefix.Length..].Replace('\\', '/'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var resource = assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(path);
            resource.CopyTo(file);
        }
    }
}
