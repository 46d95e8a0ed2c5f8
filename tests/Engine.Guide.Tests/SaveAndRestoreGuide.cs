using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Guide.Tests;

/// <summary>
/// The examples of docs/save-and-restore.md. What stands between the marks is printed there word for word; the last tests compare, and run the commands.
/// </summary>
public sealed class SaveAndRestoreGuide : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("guide").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void SaveRestoreChooseInspect()
    {
        Save();
        Restore();
        Choose();
        Inspect();
        ByHand();
        Objects();
        SimpleSave();
    }

    [Fact]
    public void BuildAndLoad()
    {
        var exportDir = Path.Combine(folder, "model");
        Build(exportDir);
        Strip(Path.Combine(folder, "stripped"));
        Load(exportDir);
        Served(exportDir);
        Freeze(exportDir);
    }

    [Fact]
    public void ThePageShowsTheseExamples()
        => Assert.Equal(GuideText.Regions("SaveAndRestoreGuide.cs"), GuideText.Blocks("save-and-restore.md", "csharp"));

    [Fact]
    public void TheCommandsOfThePageRun()
    {
        Build(Path.Combine(folder, "model"));
        Save();
        var commands = GuideText.Blocks("save-and-restore.md", "sh").SelectMany(b => b.Split('\n')).Where(l => l.StartsWith("engine ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(commands);
        foreach (var command in commands)
            Shell.Run(folder, command);
        Assert.Equal([3f], NpyReader.Read(Path.Combine(folder, "out", "y.npy")).ToArray<float>());
    }

    private void Save()
    {
        // begin
        // Create some variables.
        var graph = new Graph();
        var v1 = graph.GetVariable("v1", [3], initializer: Initializers.Zeros);
        var v2 = graph.GetVariable("v2", [5], initializer: Initializers.Zeros);

        var incrementV1 = v1.Assign(v1 + 1);
        var decrementV2 = v2.Assign(v2 - 1);

        // Add a node that initializes the variables.
        var init = graph.GlobalVariablesInitializer();

        // Add the nodes that save and restore all the variables.
        var saver = new Saver(graph);

        // Later, run the graph, initialize the variables, do some work, and save the variables to disk.
        using var session = new Session(graph);
        session.Run(init);
        session.Run(incrementV1.Node);
        session.Run(decrementV2.Node);
        var savePath = saver.Save(session, Path.Combine(folder, "model.ckpt"));
        Console.WriteLine($"Model saved in path: {savePath}");
        // end
    }

    private void Restore()
    {
        // begin
        // Create some variables.
        var graph = new Graph();
        var v1 = graph.GetVariable("v1", [3]);
        var v2 = graph.GetVariable("v2", [5]);

        // Add the nodes that save and restore all the variables.
        var saver = new Saver(graph);

        // Later, restore the variables from disk. They need not be initialized.
        using var session = new Session(graph);
        saver.Restore(session, Path.Combine(folder, "model.ckpt"));
        Console.WriteLine($"v1: {v1.Evaluate(session)}");
        Console.WriteLine($"v2: {v2.Evaluate(session)}");
        // end
        Assert.Equal([1f, 1, 1], v1.Evaluate(session).ToArray<float>());
        Assert.Equal([-1f, -1, -1, -1, -1], v2.Evaluate(session).ToArray<float>());
    }

    private void Choose()
    {
        // begin
        // Create some variables.
        var graph = new Graph();
        var v1 = graph.GetVariable("v1", [3], initializer: Initializers.Zeros);
        var v2 = graph.GetVariable("v2", [5], initializer: Initializers.Zeros);

        // Save and restore only v2, under the name "v2".
        var saver = new Saver(graph, new Dictionary<string, ISaveable> { ["v2"] = v2 });

        using var session = new Session(graph);
        // Initialize v1, since the saver will not.
        session.Run(v1.Initializer);
        saver.Restore(session, Path.Combine(folder, "model.ckpt"));

        Console.WriteLine($"v1: {v1.Evaluate(session)}");
        Console.WriteLine($"v2: {v2.Evaluate(session)}");
        // end
        Assert.Equal([0f, 0, 0], v1.Evaluate(session).ToArray<float>());
        Assert.Equal([-1f, -1, -1, -1, -1], v2.Evaluate(session).ToArray<float>());
    }

    private void Inspect()
    {
        // begin
        using var reader = CheckpointReader.Open(Path.Combine(folder, "model.ckpt"));

        // Print all tensors in the checkpoint.
        foreach (var tensor in reader.Tensors)
            Console.WriteLine($"{tensor.Name}: {reader.Read(tensor.Name)}");

        // Print only tensor v1.
        Console.WriteLine(reader.Read("v1"));
        // end
        Assert.Equal(["v1", "v2"], reader.Tensors.Select(t => t.Name));
    }

    private void ByHand()
    {
        // begin
        var graph = new Graph();
        var saver = Saver.ImportMetaGraph(graph, Path.Combine(folder, "model.ckpt.meta"));
        using var session = new Session(graph);
        saver!.Restore(session, CheckpointManagement.LatestCheckpoint(folder)!);
        foreach (var variable in graph.GlobalVariables())
            Console.WriteLine($"{variable.Name}: {variable.Evaluate(session)}");
        // end
        Assert.Equal(2, graph.GlobalVariables().Count);
    }

    private void Objects()
    {
        // begin
        var graph = new Graph();
        var weights = graph.GetVariable("weights", [2, 2]);
        var step = graph.GetOrCreateGlobalStep();
        var layer = new Trackable();
        layer.Track("weights", weights);
        var checkpoint = new Checkpoint(graph, [new("layer", layer), new("step", step)]);
        var manager = new CheckpointManager(checkpoint, Path.Combine(folder, "run"), maxToKeep: 3,
            initialize: s => s.Run(graph.GlobalVariablesInitializer()));

        using var session = new Session(graph);
        manager.RestoreOrInitialize(session);   // the latest checkpoint, or the initializers when there is none
        manager.Save(session);                  // run/ckpt-1
        // end
        Assert.Equal(Path.Combine(folder, "run", "ckpt-1"), manager.LatestCheckpoint);
    }

    private void SimpleSave()
    {
        var graph = new Graph();
        var x = graph.Placeholder(DType.Float32, [-1, 2], "x");
        var y = graph.Placeholder(DType.Float32, [-1, 2], "y");
        var z = graph.MatMul(x + y, graph.GetVariable("w", [2, 1]));
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        var exportDir = Path.Combine(folder, "simple");
        // begin
        SavedModel.SimpleSave(session, exportDir,
            inputs: new Dictionary<string, Value> { ["x"] = x, ["y"] = y },
            outputs: new Dictionary<string, Value> { ["z"] = z });
        // end
        using var model = SavedModel.Load(exportDir);
        Assert.Equal(["x", "y"], model.Signatures["serving_default"].Inputs.Keys);
    }

    private static void Build(string exportDir)
    {
        // begin
        var builder = new SavedModelBuilder(exportDir);

        // The graph for training, with its variables.
        var training = new Graph();
        var x = training.Placeholder(DType.Float32, [-1, 2], "x");
        var w = training.GetVariable("w", [2, 1], initializer: Initializers.Ones);
        var y = training.MatMul(x, w, name: "y");
        using (var session = new Session(training))
        {
            session.Run(training.GlobalVariablesInitializer());
            builder.AddMetaGraphAndVariables(session, [TagConstants.Training],
                signatureDefMap: new Dictionary<string, SignatureDef>
                {
                    ["serving_default"] = SignatureDefUtils.PredictSignatureDef(
                        new Dictionary<string, Value> { ["x"] = x }, new Dictionary<string, Value> { ["y"] = y }),
                },
                stripDefaultAttrs: true);
        }

        // Another graph for inference, which uses the same variables.
        var serving = new Graph();
        var input = serving.Placeholder(DType.Float32, [-1, 2], "x");
        var output = serving.MatMul(input, serving.GetVariable("w", [2, 1]), name: "y");
        builder.AddMetaGraph(serving, [TagConstants.Serving],
            signatureDefMap: new Dictionary<string, SignatureDef>
            {
                ["serving_default"] = SignatureDefUtils.PredictSignatureDef(
                    new Dictionary<string, Value> { ["x"] = input }, new Dictionary<string, Value> { ["y"] = output }),
            },
            stripDefaultAttrs: true);
        builder.Save();
        // end
    }

    private static void Strip(string exportDir)
    {
        var graph = new Graph();
        graph.GetVariable("w", [2, 1], initializer: Initializers.Ones);
        using var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        var builder = new SavedModelBuilder(exportDir);
        // begin
        builder.AddMetaGraphAndVariables(session, [TagConstants.Serving], stripDefaultAttrs: true);
        // end
        builder.Save();
        Assert.True(MetaGraphDef.ReadAll(exportDir)[0].StrippedDefaultAttrs);
    }

    private static void Load(string exportDir)
    {
        // begin
        var graph = new Graph();
        using var session = new Session(graph);
        var metaGraph = Loader.Load(session, [TagConstants.Serving], exportDir);

        var signature = metaGraph.SignatureDefs["serving_default"];
        using var x = Tensor.From(new float[] { 1, 2 }, new Shape(1, 2));
        var y = session.Run([new(signature.Inputs["x"].Name, x)], [signature.Outputs["y"].Name]);
        // end
        Assert.Equal([3f], y[0].ToArray<float>());
    }

    private static void Served(string exportDir)
    {
        // begin
        using var model = SavedModel.Load(exportDir, "serve");
        using var x = Tensor.From(new float[] { 1, 2 }, new Shape(1, 2));
        var outputs = model.Run("serving_default", new Dictionary<string, Tensor> { ["x"] = x });
        Console.WriteLine(outputs["y"]);
        // end
        Assert.Equal([3f], outputs["y"].ToArray<float>());
    }

    private void Freeze(string exportDir)
    {
        // begin
        using var model = SavedModel.Load(exportDir, "serve");
        GraphFile.Write(Path.Combine(folder, "frozen.pb"), GraphFreezing.VariablesToConstants(model));
        ModelConversion.ConvertToText(exportDir, Path.Combine(folder, "as-text"));
        // end
        Assert.True(File.Exists(Path.Combine(folder, "as-text", "saved_model.pbtxt")));
    }
}
