using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Tests.SavedModels;

/// <summary>Variables that stay in the mapped file of their checkpoint.</summary>
public sealed class MappedVariablesTests : IDisposable
{
    private const int Rows = 64, Columns = 32;

    private readonly TestData data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void AnswersFollowTheVariableAndNotTheFile()
    {
        var folder = Save();
        var prefix = Path.Combine(folder, "variables", "variables");
        using var mapped = SavedModel.Load(folder, ["serve"], new SessionOptions { MapsVariables = true });
        Assert.Equal(2 * Rows, Answer(mapped));

        // A saver puts a new file in the old one's place.
        using (var other = SavedModel.Load(folder))
        {
            other.Session.Run([], [], ["add"]);
            Assert.Equal(3 * Rows, Answer(other));
            other.MetaGraph.Saver!.Save(other.Session, prefix);
        }
        Assert.Equal(2 * Rows, Answer(mapped));
        Assert.Equal(2f, mapped.Session.Run("value:0")[0].ToArray<float>()[^1]);

        // What changes in place is copied first.
        var file = Directory.GetFiles(Path.GetDirectoryName(prefix)!, "*.data-*").Single();
        var before = File.ReadAllBytes(file);
        mapped.Session.Run([], [], ["add"]);
        mapped.Session.Run([], [], ["add"]);
        Assert.Equal(4 * Rows, Answer(mapped));
        Assert.Equal(before, File.ReadAllBytes(file));
        mapped.MetaGraph.Restore(prefix);
        Assert.Equal(3 * Rows, Answer(mapped));
    }

    [Fact]
    public void UnloadedElementsComeBack()
    {
        using var reader = CheckpointReader.Open(Path.Combine(Save(), "variables", "variables"));
        using var tensor = reader.Read("w");
        tensor.Unload();
        Assert.All(tensor.ToArray<float>(), x => Assert.Equal(2, x));
    }

    private string Save()
    {
        var graph = new Graph();
        var x = graph.Placeholder(DType.Float32, [-1, Rows], "x");
        var w = graph.GetVariable("w", [Rows, Columns], initializer: Initializers.Constant(2), useResource: true);
        w.Read("value");
        var y = graph.MatMul(x, w, name: "y");
        w.AssignAdd(graph.Fill(graph.Constant(Tensor.From(Rows, Columns)), graph.Constant(1f)), "add");
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        SavedModel.SimpleSave(session, data["model"], new Dictionary<string, Value> { ["x"] = x }, new Dictionary<string, Value> { ["y"] = y });
        return data["model"];
    }

    private static float Answer(SavedModel model)
    {
        using var input = Tensor.From<float>([.. Enumerable.Repeat(1f, Rows)], [1, Rows]);
        var outputs = model.Run("serving_default", new Dictionary<string, Tensor> { ["x"] = input });
        return outputs["y"].ToArray<float>()[^1];
    }
}
