using Engine.Io;

namespace Engine.Interop.Cases;

/// <summary>A SavedModel of TensorFlow 2, loaded and exported again through its own functions for saving: a graph with functions and no variable collection.</summary>
internal sealed class ResavedModelCase : InteropCase
{
    private string model = "";

    internal override string Name => "resaved_" + Path.GetFileName(model);

    internal override string Kind => "saved_model";

    internal override IEnumerable<InteropCase> Variants(string trained)
        => Directory.EnumerateDirectories(trained, "export_*").Order(StringComparer.Ordinal).Select(d => new ResavedModelCase { model = d });

    internal override void Write(CaseFolder folder)
    {
        using var loaded = SavedModel.Load(model, "serve");
        var builder = new SavedModelBuilder(folder["model"]);
        var signatures = MetaGraphDef.ReadAll(model)[0].SignatureDefs.Where(s => !s.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary();
        builder.AddMetaGraphAndVariables(loaded.Session, ["serve"], signatures, saver: loaded.MetaGraph.Saver);
        builder.Save();
        var inputs = loaded.Signatures["serving_default"].Inputs.ToDictionary(i => i.Key, _ => Tensor.From<float>([1, 2, 3, -4, 5, 6, 7, -8], [2, 4]));
        folder.Set("original", model);
        folder.Set("tags", ["serve"]);
        folder.Set("inputs", inputs);
        folder.Set("outputs", loaded.Run("serving_default", inputs));
    }
}
