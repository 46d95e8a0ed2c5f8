using System.Text.Json;

namespace Engine.Models;

/// <summary>A folder with a model in all formats, an input and the answer.</summary>
internal sealed class BenchmarkModel(string name, string folder)
{
    internal string Name { get; } = name;

    internal string Folder { get; } = folder;

    internal bool HasOnnx => File.Exists(Path.Combine(Folder, "model.onnx"));

    /// <summary>The arguments with which the engine's commands run the model on its input.</summary>
    internal IEnumerable<string> Arguments()
    {
        using var io = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "io.json")));
        var inputs = io.RootElement.GetProperty("inputs").EnumerateObject().Select(i => $"{i.Name}={Path.Combine(Folder, "input.npz")}[{i.Name}]");
        return ["--dir", Path.Combine(Folder, "saved_model"), "--tag_set", "serve", "--signature_def", io.RootElement.GetProperty("signature").GetString()!, "--inputs", string.Join(';', inputs)];
    }
}
