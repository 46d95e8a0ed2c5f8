using Engine.Graphs;
using Engine.Runtime;
using Engine.Variables;

namespace Engine.Io.Tests.SavedModels;

public sealed class SavedModelBuilderTests : IDisposable
{
    private readonly TestData data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void SimpleSaveLoadsAndFreezes(bool resource, bool asText)
    {
        var graph = new Graph();
        var x = graph.Placeholder(DType.Float32, [-1, 2], "x");
        var w = graph.GetVariable("w", [2, 3], initializer: Initializers.Constant(2), useResource: resource);
        var y = graph.MatMul(x, w, name: "y");
        using (var session = new Session(graph))
        {
            session.Run(graph.GlobalVariablesInitializer());
            SavedModel.SimpleSave(session, data["model"], new Dictionary<string, Value> { ["x"] = x }, new Dictionary<string, Value> { ["y"] = y });
        }
        if (asText)
        {
            ModelConversion.ConvertToText(data["model"]);
            File.Delete(Path.Combine(data["model"], "saved_model.pb"));
        }
        Assert.True(Loader.MaybeSavedModelDirectory(data["model"]));
        using var model = SavedModel.Load(data["model"], "serve");
        using var input = Tensor.From<float>([1, 2], [1, 2]);
        Assert.Equal([6f, 6, 6], model.Run("serving_default", new Dictionary<string, Tensor> { ["x"] = input })["y"].ToArray<float>());
        Assert.Single(model.Graph.TrainableVariables());

        var frozen = Graph.FromDef(GraphFreezing.VariablesToConstants(model));
        Assert.DoesNotContain(frozen.Nodes, n => n.Op is "VarHandleOp" or "VariableV2" or "ReadVariableOp");
        using var constant = new Session(frozen);
        Assert.Equal([6f, 6, 6], constant.Run([new("x", input)], ["y"])[0].ToArray<float>());
    }

    [Fact]
    public void SeveralGraphsShareVariablesAndFiles()
    {
        File.WriteAllText(data["vocab.txt"], "a\nb\n");
        Directory.CreateDirectory(data["other"]);
        File.WriteAllText(Path.Combine(data["other"], "vocab.txt"), "c\n");
        var graph = new Graph();
        var w = graph.GetVariable("w", [2], initializer: Initializers.Ones);
        var first = graph.Constant(data["vocab.txt"], "first");
        var second = graph.Constant(Path.Combine(data["other"], "vocab.txt"), "second");
        var content = graph.NewNode("ReadFile", "content").Input(second).Build()[0];
        var kept = graph.GetVariable("kept", Shape.Scalar, DType.String, Initializers.Constant(Tensor.Scalar("")), collections: [GraphKeys.LocalVariables]);
        var init = kept.Assign(content).Node;
        var signature = SignatureDefUtils.BuildSignatureDef(outputs: new Dictionary<string, TensorInfo> { ["w"] = TensorInfo.Build(w), ["kept"] = TensorInfo.Build(kept) },
            methodName: SignatureConstants.PredictMethodName);
        using (var session = new Session(graph))
        {
            session.Run(graph.GlobalVariablesInitializer());
            var builder = new SavedModelBuilder(data["model"]);
            Assert.Throws<EngineException>(() => builder.AddMetaGraph(graph, ["serve"]));
            builder.AddMetaGraphAndVariables(session, [TagConstants.Training], new Dictionary<string, SignatureDef> { ["train"] = signature }, assets: [first, second], mainOp: init);
            builder.AddExtraAsset(data["vocab.txt"], "tf_serving_warmup_requests");
            var serving = new Graph();
            serving.GetVariable("w", [2], useResource: true);
            builder.AddMetaGraph(serving, [TagConstants.Serving, TagConstants.Gpu], stripDefaultAttrs: true);
            builder.Save();
        }
        Assert.Equal(["a\nb\n", "c\n"], new[] { "vocab.txt", "vocab.txt_1" }.Select(f => File.ReadAllText(Path.Combine(data["model"], "assets", f))));
        Assert.True(File.Exists(Path.Combine(data["model"], "assets.extra", "tf_serving_warmup_requests")));

        using (var session = new Session(new Graph()))
        {
            var loaded = Loader.Load(session, ["train"], data["model"], importScope: "in");
            Assert.Equal("in/w/read:0", "in/" + loaded.SignatureDefs["train"].Outputs["w"].Name);
            Assert.Equal("c\n", session.Run("in/kept/read:0")[0].ToStrings()[0]);
        }
        using var model = SavedModel.Load(data["model"], ["gpu", "serve"]);
        Assert.Equal([1f, 1], model.Graph.GlobalVariables()[0].Evaluate(model.Session).ToArray<float>());
        Assert.Throws<EngineException>(() => new SavedModelBuilder(data["model"]));
    }

    [Fact]
    public void SignaturesAreChecked()
    {
        var graph = new Graph();
        var text = graph.Placeholder(DType.String, name: "text");
        var number = graph.Placeholder(DType.Float32, name: "number");
        Assert.True(SignatureDefUtils.IsValidSignature(SignatureDefUtils.ClassificationSignatureDef(text, text, number)));
        Assert.True(SignatureDefUtils.IsValidSignature(SignatureDefUtils.RegressionSignatureDef(text, number)));
        Assert.Throws<EngineException>(() => SignatureDefUtils.RegressionSignatureDef(number, number));
        Assert.Throws<EngineException>(() => SignatureDefUtils.ClassificationSignatureDef(text, null, null));
        Assert.False(SignatureDefUtils.IsValidSignature(SignatureDefUtils.BuildSignatureDef(methodName: SignatureConstants.PredictMethodName)));
        Assert.False(SignatureDefUtils.IsValidSignature(null));
        var builder = new SavedModelBuilder(data["empty"]);
        Assert.Throws<EngineException>(() => builder.AddMetaGraphAndVariables(new Session(graph), [], new Dictionary<string, SignatureDef>
        {
            [SavedModelConstants.InitOpSignatureKey] = SignatureDefUtils.RegressionSignatureDef(text, number),
        }));
    }
}
