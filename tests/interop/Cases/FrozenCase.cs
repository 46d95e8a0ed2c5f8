using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;

namespace Engine.Interop.Cases;

/// <summary>A model that TensorFlow exported, its variables made constants by us: TensorFlow runs the graph.</summary>
internal sealed class FrozenCase : InteropCase
{
    private string model = "";

    internal override string Name => "frozen_" + Path.GetFileName(model);

    internal override string Kind => "frozen";

    internal override IEnumerable<InteropCase> Variants(string trained)
        => Directory.EnumerateDirectories(trained, "export_*").Order(StringComparer.Ordinal).Select(d => new FrozenCase { model = d });

    internal override void Write(CaseFolder folder)
    {
        using var loaded = SavedModel.Load(model, "serve");
        var signature = loaded.Signatures["serving_default"];
        var inputs = signature.Inputs.ToDictionary(i => i.Key, _ => Tensor.From<float>([1, 2, 3, -4, 5, 6, 7, -8], [2, 4]));
        var def = GraphFreezing.VariablesToConstants(loaded, ["serving_default"]);
        GraphFile.Write(folder["frozen.pb"], def);
        var outputs = loaded.Run("serving_default", inputs);
        using var session = new Session(Graph.FromDef(def));
        var frozen = session.Run([.. inputs.Select(i => KeyValuePair.Create(signature.Inputs[i.Key].Name, i.Value))], [.. signature.Outputs.Values.Select(o => o.Name)]);
        foreach (var (expected, actual) in outputs.Values.Zip(frozen))
        {
            if (!expected.Bytes().SequenceEqual(actual.Bytes()))
                throw new InvalidOperationException($"frozen: {actual}, before: {expected}");
        }
        folder.Set("inputs", inputs.Select(i => KeyValuePair.Create(signature.Inputs[i.Key].Name, i.Value)));
        folder.Set("outputs", outputs.Select(o => KeyValuePair.Create(signature.Outputs[o.Key].Name, o.Value)));
    }
}
