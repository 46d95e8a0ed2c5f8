using System.Diagnostics;

namespace Engine.Models;

/// <summary>The benchmark models, made by TensorFlow when first asked for.</summary>
internal sealed class ModelCache(Programs programs, string folder)
{
    /// <summary>The models of make_models.py.</summary>
    internal static IReadOnlyList<string> All { get; } =
        ["mlp", "lenet", "chain", "loop", "lstm", "text", "wide_deep", "unet", "encoder", "mobilenet_v2", "efficientnet_b0", "resnet50", "inception_v3"];

    /// <summary>The models of own_models.py.</summary>
    internal static IReadOnlyList<string> Own { get; } = ["convnext", "bigru", "tcn", "decoder", "separable", "dense_net", "generator", "ranker", "speech", "masked"];

    internal BenchmarkModel Get(string name)
    {
        var path = Path.Combine(Path.GetFullPath(folder), name);
        if (!File.Exists(Path.Combine(path, "output.npz")))
        {
            Directory.CreateDirectory(folder);
            var script = All.Contains(name) ? programs.ModelMaker : programs.OwnModelMaker;
            Console.Error.WriteLine($"Making {name} …");
            var start = Programs.Start(programs.Python, script, Path.GetFullPath(folder), name);
            start.Environment["MODEL_MAKER"] = programs.ModelMaker;
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{script} could not make {name} (exit code {process.ExitCode}).");
        }
        return new BenchmarkModel(name, path);
    }
}
