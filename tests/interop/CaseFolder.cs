using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engine.Interop;

/// <summary>The folder of a case, and its <c>case.json</c>.</summary>
internal sealed class CaseFolder
{
    private readonly JsonObject content = [];

    internal CaseFolder(string path, string kind)
    {
        Path = path;
        Directory.CreateDirectory(path);
        Set("kind", kind);
    }

    internal string Path { get; }

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal void Set(string key, string value) => content[key] = value;

    internal void Set(string key, IEnumerable<string> values) => content[key] = new JsonArray([.. values.Select(v => (JsonNode)v)]);

    internal void Set(string key, IEnumerable<double> values) => content[key] = new JsonArray([.. values.Select(v => (JsonNode)v)]);

    /// <summary>Tensors by name, under a key.</summary>
    internal void Set(string key, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var all = new JsonObject();
        foreach (var (name, tensor) in tensors)
            all[name] = Encode(tensor);
        content[key] = all;
    }

    internal void Finish() => File.WriteAllText(this["case.json"], content.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    // Plain types as the bytes of their elements; strings one by one.
    private static JsonObject Encode(Tensor tensor) => new()
    {
        ["dtype"] = (int)tensor.Type,
        ["shape"] = new JsonArray([.. tensor.Shape.Dims.ToArray().Select(d => (JsonNode)d)]),
        ["data"] = tensor.Type == DType.String
            ? new JsonArray([.. tensor.ToArray<byte[]>().Select(s => (JsonNode)Convert.ToBase64String(s))])
            : Convert.ToBase64String(tensor.Bytes()),
    };
}
