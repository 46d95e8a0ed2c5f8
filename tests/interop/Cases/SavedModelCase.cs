using Engine.Graphs;
using Engine.Io;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Interop.Cases;

/// <summary>SavedModels of each kind: TensorFlow loads them and answers what we answer.</summary>
internal sealed class SavedModelCase : InteropCase
{
    private static readonly (string Name, Action<SavedModelCase> Write)[] All =
    [
        ("simple", c => c.Simple(resource: false, strip: false)), ("simple_resource", c => c.Simple(resource: true, strip: false)),
        ("strip_default_attrs", c => c.Simple(resource: false, strip: true)), ("text", c => c.Simple(resource: true, strip: false, asText: true)),
        ("two_graphs", c => c.TwoGraphs()), ("table_asset", c => c.TableAsset()), ("partitioned", c => c.Partitioned()), ("no_variables", c => c.NoVariables()),
        ("sparse", c => c.Sparse()), ("classify_regress", c => c.ClassifyAndRegress()), ("own_saver", c => c.OwnSaver()),
    ];

    private string name = "";
    private Action<SavedModelCase> write = _ => { };
    private CaseFolder folder = null!;

    internal override string Name => "saved_model_" + name;

    internal override string Kind => "saved_model";

    internal override IEnumerable<InteropCase> Variants(string trained) => All.Select(a => new SavedModelCase { name = a.Name, write = a.Write });

    internal override void Write(CaseFolder target)
    {
        folder = target;
        write(this);
    }

    private void Simple(bool resource, bool strip, bool asText = false)
    {
        var graph = new Graph();
        var (x, y) = Layer(graph, resource);
        using var session = Start(graph);
        var builder = new SavedModelBuilder(folder["model"]);
        builder.AddMetaGraphAndVariables(session, [TagConstants.Serving], Predict(x, y), stripDefaultAttrs: strip, clearDevices: true);
        builder.Save(asText);
        Expect(["serve"]);
    }

    private void TwoGraphs()
    {
        var graph = new Graph();
        var (x, y) = Layer(graph, resource: true);
        using var session = Start(graph);
        var builder = new SavedModelBuilder(folder["model"]);
        builder.AddMetaGraphAndVariables(session, [TagConstants.Training], Predict(x, graph.Neg(y)));
        var serving = new Graph();
        var (sx, sy) = Layer(serving, resource: true);
        builder.AddMetaGraph(serving, [TagConstants.Serving, TagConstants.Gpu], Predict(sx, sy));
        builder.Save();
        Expect(["serve", "gpu"]);
    }

    private void TableAsset()
    {
        File.WriteAllText(folder["vocab.txt"], "zero\none\ntwo\n");
        var graph = new Graph();
        var path = graph.Constant(folder["vocab.txt"], "path");
        var table = graph.NewNode("HashTableV2", "table").Attr("key_dtype", DType.String).Attr("value_dtype", DType.Int64).Attr("shared_name", "words").Build()[0];
        var fill = graph.NewNode("InitializeTableFromTextFileV2").Input(table).Input(path).Attr("key_index", -2).Attr("value_index", -1).Attr("vocab_size", -1).Build();
        graph.Collections.Add(GraphKeys.TableInitializers, fill);
        graph.Collections.Add(GraphKeys.AssetFilepaths, path);
        var x = graph.Placeholder(DType.String, PartialShape.OfRank(1), "x");
        var ids = graph.NewNode("LookupTableFindV2", "ids").Input(table).Input(x).Input(graph.Constant(-1L)).Build()[0];
        var v = graph.GetVariable("offset", Shape.Scalar, DType.Int64, Initializers.Constant(100));
        using var session = Start(graph);
        SavedModel.SimpleSave(session, folder["model"], new Dictionary<string, Value> { ["x"] = x },
            new Dictionary<string, Value> { ["y"] = v + ids }, graph.TablesInitializer());
        File.Delete(folder["vocab.txt"]);
        Expect(["serve"], Tensor.FromStrings(["two", "none", "zero"]));
    }

    private void Partitioned()
    {
        var graph = new Graph();
        var x = graph.Placeholder(DType.Float32, [-1, 7], "x");
        var w = graph.GetPartitionedVariable("w", [7, 2], Partitioners.FixedSize(3), initializer: Initializers.GlorotUniform(seed: 3));
        var y = graph.MatMul(x, w);
        using var session = Start(graph);
        SavedModel.SimpleSave(session, folder["model"], new Dictionary<string, Value> { ["x"] = x }, new Dictionary<string, Value> { ["y"] = y });
        Expect(["serve"], Tensor.From<float>([1, 2, 3, 4, 5, 6, 7], [1, 7]));
    }

    private void NoVariables()
    {
        var graph = new Graph();
        var x = graph.Placeholder(DType.Float32, [-1, 2], "x");
        var y = graph.Tanh(x * 2.0);
        using var session = new Session(graph);
        SavedModel.SimpleSave(session, folder["model"], new Dictionary<string, Value> { ["x"] = x }, new Dictionary<string, Value> { ["y"] = y });
        Expect(["serve"]);
    }

    private void Sparse()
    {
        var graph = new Graph();
        var (x, y) = Layer(graph, resource: false);
        var indices = graph.Placeholder(DType.Int64, [-1, 2], "indices");
        var values = graph.Placeholder(DType.Float32, [-1], "values");
        var shape = graph.Placeholder(DType.Int64, [2], "shape");
        using var session = Start(graph);
        var builder = new SavedModelBuilder(folder["model"]);
        var signatures = Predict(x, y);
        signatures["sparse"] = SignatureDefUtils.BuildSignatureDef(
            new Dictionary<string, TensorInfo> { ["s"] = TensorInfo.BuildSparse(indices, values, shape) },
            new Dictionary<string, TensorInfo> { ["r"] = TensorInfo.BuildRagged(values, graph.Constant(new[] { 0L, 1, 3 })) }, SignatureConstants.PredictMethodName);
        builder.AddMetaGraphAndVariables(session, [TagConstants.Serving], signatures);
        builder.Save();
        Expect(["serve"]);
    }

    private void ClassifyAndRegress()
    {
        var graph = new Graph();
        var (x, y) = Layer(graph, resource: true);
        var examples = graph.Placeholder(DType.String, PartialShape.OfRank(1), "examples");
        var lengths = graph.Cast(graph.NewNode("StringLength").Input(examples).Build()[0], DType.Float32);
        using var session = Start(graph);
        var signatures = Predict(x, y);
        signatures["classify"] = SignatureDefUtils.ClassificationSignatureDef(examples, examples, lengths);
        signatures["regress"] = SignatureDefUtils.RegressionSignatureDef(examples, lengths);
        var builder = new SavedModelBuilder(folder["model"]);
        builder.AddMetaGraphAndVariables(session, [TagConstants.Serving], signatures, trainOp: graph.NewNode("NoOp", "train").Build());
        builder.Save();
        Expect(["serve"]);
    }

    private void OwnSaver()
    {
        var graph = new Graph();
        var (x, y) = Layer(graph, resource: false);
        var saver = new Saver(graph, graph.GlobalVariables().ToDictionary(v => "renamed/" + v.Name, ISaveable (v) => v));
        using var session = Start(graph);
        var builder = new SavedModelBuilder(folder["model"]);
        builder.AddMetaGraphAndVariables(session, [TagConstants.Serving], Predict(x, y), saver: saver);
        builder.Save();
        Expect(["serve"]);
    }

    private static (Value X, Value Y) Layer(Graph graph, bool resource)
    {
        using var scope = graph.VariableScope("layer", useResource: resource);
        var x = graph.Placeholder(DType.Float32, [-1, 2], "x");
        var w = graph.GetVariable("w", [2, 3], initializer: Initializers.RandomUniform(-1, 1, seed: 5));
        var b = graph.GetVariable("b", [3], initializer: Initializers.Constant(0.5));
        return (x, graph.Tanh(graph.MatMul(x, w) + b, "y"));
    }

    private static Session Start(Graph graph)
    {
        var session = new Session(graph);
        session.Run(graph.GlobalVariablesInitializer());
        return session;
    }

    private static Dictionary<string, SignatureDef> Predict(Value x, Value y) => new()
    {
        [SignatureConstants.DefaultServingSignatureDefKey] = SignatureDefUtils.PredictSignatureDef(
            new Dictionary<string, Value> { ["x"] = x }, new Dictionary<string, Value> { ["y"] = y }),
    };

    // What we answer after loading the model anew; TensorFlow has to agree.
    private void Expect(string[] tags, Tensor? x = null)
    {
        x ??= Tensor.From<float>([1, 2, -3, 4], [2, 2]);
        var inputs = new Dictionary<string, Tensor> { ["x"] = x };
        using var model = SavedModel.Load(folder["model"], tags);
        folder.Set("tags", tags);
        folder.Set("inputs", inputs);
        folder.Set("outputs", model.Run(SignatureConstants.DefaultServingSignatureDefKey, inputs));
    }
}
