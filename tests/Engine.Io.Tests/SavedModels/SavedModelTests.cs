using Engine.Graphs;
using Engine.Io.SavedModels;
using Google.Protobuf;

namespace Engine.Io.Tests.SavedModels;

/// <summary>SavedModels that TensorFlow wrote, and what it answers.</summary>
public class SavedModelTests
{
    [Fact]
    public void StateLastsFromRunToRunAndLoadsAnew()
    {
        for (var load = 0; load < 2; load++)
        {
            using var model = SavedModel.Load(Model("tf1_counter"));
            Assert.Equal(40f, model.Run("get_counter", new Dictionary<string, Tensor>())["output"].Item<float>());
            Assert.Equal(45f, model.Run("incr_counter_by", new Dictionary<string, Tensor> { ["delta"] = Tensor.Scalar(5f) })["output"].Item<float>());
            Assert.Equal(45f, model.Run("get_counter", new Dictionary<string, Tensor>())["output"].Item<float>());
            model.MetaGraph.Restore(Path.Combine(Model("tf1_counter"), "variables", "variables"));
            Assert.Equal(40f, model.Run("get_counter", new Dictionary<string, Tensor>())["output"].Item<float>());
        }
    }

    [Fact]
    public void InputsWithDefaultsNeedNotBeFed()
    {
        using var model = SavedModel.Load(Model("tf2_default_inputs"), "serve");
        Assert.Equal([1.671875f, 1.53125f, 0.734375f], Run(model, ("x", Tensor.From(-0.109375f, -0.15625f, -0.421875f)))["y"].ToArray<float>());
        Assert.Equal([3f, 1.640625f, 1.1875f], Run(model, ("x", Tensor.From(-1f, 0.359375f, 0.8125f)), ("scale", Tensor.Scalar(-1f)))["y"].ToArray<float>());
        Assert.Equal(StatusCode.InvalidArgument, Assert.ThrowsAny<EngineException>(() => Run(model)).Code);
        var unknown = Assert.ThrowsAny<EngineException>(() => Run(model, ("z", Tensor.Scalar(1f))));
        Assert.Equal(StatusCode.InvalidArgument, unknown.Code);
        Assert.Contains("scale", unknown.Message);
    }

    [Fact]
    public void CompositeInputsAndOutputsAreFedByComponent()
    {
        using var model = SavedModel.Load(Model("builder_composite"));
        Assert.Equal(["u:0", "u:1", "u:2"], model.Signatures["deep"].Inputs.Keys);
        var outputs = model.Run("deep", new Dictionary<string, Tensor>
        {
            ["u:0"] = Tensor.From(7, 8, 9),
            ["u:1"] = Tensor.From(0L, 1, 2),
            ["u:2"] = Tensor.From(0L, 2, 3),
        });
        Assert.Equal(["flat", "same:0", "same:1", "same:2"], outputs.Keys);
        Assert.Equal([7, 8, 9], outputs["flat"].ToArray<int>());
    }

    [Fact]
    public void TagsMustBeEqualAsSets()
    {
        using (var model = SavedModel.Load(Model("builder_tags_custom_c"), ["été", "my-tag", "v2.1"]))
            Assert.True(model.Signatures.ContainsKey("serving_default"));
        using (var untagged = SavedModel.Load(Model("builder_tags_custom_c"), Array.Empty<string>()))
            Assert.True(untagged.Signatures.ContainsKey("untagged"));
        foreach (var tags in new[] { ["serve"], ["my-tag"], new[] { "my-tag", "v2.1", "été", "serve" } })
        {
            var e = Assert.ThrowsAny<EngineException>(() => SavedModel.Load(Model("builder_tags_custom_c"), tags));
            Assert.Equal(StatusCode.NotFound, e.Code);
            Assert.Contains("v2.1", e.Message);
        }
    }

    [Fact]
    public void FoldersWithoutModel()
    {
        using var data = new TestData();
        Assert.Equal(StatusCode.NotFound, Assert.ThrowsAny<EngineException>(() => SavedModel.Load(data.Folder)).Code);
        Assert.Equal(StatusCode.NotFound, Assert.ThrowsAny<EngineException>(() => SavedModel.Load(data["none"])).Code);
        File.WriteAllText(data["saved_model.cpb"], "");
        Assert.Equal(StatusCode.Unimplemented, Assert.ThrowsAny<EngineException>(() => SavedModel.Load(data.Folder)).Code);
        File.WriteAllBytes(data["saved_model.pb"], [0x12, 0xff, 1, 2]);
        Assert.Equal(StatusCode.DataLoss, Assert.ThrowsAny<EngineException>(() => SavedModel.Load(data.Folder)).Code);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void AssetsStayInTheirFolder(string name)
        => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => MetaGraphFile.AssetPath("model", name)).Code);

    [Fact]
    public void HostileGraphsAreRefused()
    {
        Refuse(StatusCode.FailedPrecondition, new() { Node = { new Protos.NodeDef { Name = "c", Op = "Const" } } });
        var negative = new Protos.NodeDef { Name = "c", Op = "Const" };
        negative.Attr["value"] = new() { Tensor = new() { Dtype = Protos.DataType.DtFloat, TensorShape = new() { Dim = { new Protos.TensorShapeProto.Types.Dim { Size = -5 } } } } };
        Refuse(StatusCode.FailedPrecondition, new() { Node = { negative } });
        Refuse(StatusCode.FailedPrecondition, new()
        {
            Library = new() { Function = { new Protos.FunctionDef { Signature = new() { Name = "f" }, NodeDef = { new Protos.NodeDef { Name = "n", Op = "f" } } } } },
        });
        Refuse(StatusCode.InvalidArgument, new() { Node = { new Protos.NodeDef { Name = "n", Op = "NoOp", Input = { "^n" } } } });

        static void Refuse(StatusCode code, Protos.GraphDef graph)
        {
            using var data = new TestData();
            File.WriteAllBytes(data["saved_model.pb"], new Protos.SavedModel { MetaGraphs = { new Protos.MetaGraphDef { GraphDef = graph } } }.ToByteArray());
            Assert.Equal(code, Assert.ThrowsAny<EngineException>(() => SavedModel.Load(data.Folder)).Code);
        }
    }

    [Fact]
    public void TruncatedAndFlippedFilesNeverCrash()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Model("builder_no_variables"), "saved_model.pb"));
        using var data = new TestData();
        for (var i = 0; i < bytes.Length; i++)
        {
            Try(bytes[..i]);
            var flipped = (byte[])bytes.Clone();
            flipped[i] ^= (byte)(1 << (i % 8));
            Try(flipped);
        }

        void Try(byte[] damaged)
        {
            File.WriteAllBytes(data["saved_model.pb"], damaged);
            try
            {
                using var model = SavedModel.Load(data.Folder);
                model.Run("serving_default", new Dictionary<string, Tensor> { ["x"] = Tensor.From(1, 4) });
            }
            catch (EngineException)
            {
            }
        }
    }

    [Fact]
    public void FrozenGraphsAsBinaryAndAsTextAreOne()
    {
        using var data = new TestData();
        var graph = Graph.FromDef(GraphFile.Read(TestData.PathOf("models", "mlp_text.pbtxt")));
        GraphFile.Write(data["a.pb"], graph);
        GraphFile.Write(data["a.pbtxt"], graph);
        Assert.Equal(File.ReadAllText(data["a.pbtxt"]), Rewritten(data["a.pb"], data["b.pbtxt"]));
        Assert.Equal(Convert.ToHexString(File.ReadAllBytes(data["a.pb"])), Convert.ToHexString(Encoded(data["a.pbtxt"], data["b.pb"])));

        static string Rewritten(string from, string to)
        {
            GraphFile.Write(to, GraphFile.Read(from));
            return File.ReadAllText(to);
        }

        static byte[] Encoded(string from, string to)
        {
            GraphFile.Write(to, GraphFile.Read(from));
            return File.ReadAllBytes(to);
        }
    }

    [Fact]
    public void AGraphThatWasReadIsWrittenWithItsFunctions()
    {
        using var data = new TestData();
        var read = GraphFile.Read(TestData.PathOf("models", "tf2_functions.pb"));
        Assert.NotEmpty(read.Functions);
        GraphFile.Write(data["again.pb"], Graph.FromDef(read));
        var again = GraphFile.Read(data["again.pb"]);
        Assert.Equal(read.Nodes.Select(n => n.Name), again.Nodes.Select(n => n.Name));
        Assert.Equal(read.Functions.Select(f => f.Name).Order(StringComparer.Ordinal), again.Functions.Select(f => f.Name));
        Graph.FromDef(again);
    }

    private static string Model(string name) => TestData.PathOf("models", name);

    private static IReadOnlyDictionary<string, Tensor> Run(SavedModel model, params (string Key, Tensor Value)[] feeds)
        => model.Run("serving_default", feeds.ToDictionary(f => f.Key, f => f.Value));
}
