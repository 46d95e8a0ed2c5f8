using Engine.Graphs;
using Engine.Io.Graphs;
using Engine.Runtime;
using Google.Protobuf;

namespace Engine.Io.Tests.Graphs;

public class GraphImporterTests
{
    [Fact]
    public void EveryKindOfAttributeComesBack()
    {
        var attrs = new Dictionary<string, AttrValue>
        {
            ["none"] = AttrValue.None,
            ["s"] = AttrValue.Of([0xff, 0x00]),
            ["i"] = AttrValue.Of(-5),
            ["f"] = AttrValue.Of(0.5f),
            ["b"] = AttrValue.Of(false),
            ["type"] = AttrValue.Of(DType.Float32.Ref()),
            ["shape"] = AttrValue.Of(PartialShape.Unknown),
            ["scalar"] = AttrValue.Of(PartialShape.Scalar),
            ["func"] = AttrValue.Of(new FunctionReference("f", new Dictionary<string, AttrValue> { ["T"] = AttrValue.Of(DType.Int32) })),
            ["placeholder"] = AttrValue.PlaceholderFor("T"),
            ["empty"] = AttrValue.ListOf([]),
            ["ls"] = AttrValue.List("a", "b"),
            ["li"] = AttrValue.List(1, -1),
            ["lf"] = AttrValue.List(1f, 0f),
            ["lb"] = AttrValue.ListOf([AttrValue.Of(true), AttrValue.Of(false)]),
            ["lt"] = AttrValue.List(DType.Int32, DType.String),
            ["lsh"] = AttrValue.List(new PartialShape(2, -1, 0), PartialShape.Unknown),
            ["lfn"] = AttrValue.ListOf([AttrValue.Of(new FunctionReference("f")), AttrValue.Of(new FunctionReference("g"))]),
        };
        var back = RoundTrip(new NodeDef { Name = "n", Op = "Any", Attrs = attrs }).Attrs;
        Assert.Equal(attrs.Keys.Order(), back.Keys.Order());
        foreach (var (name, value) in attrs)
            Assert.Equal((value.Kind, value.ToString()), (back[name].Kind, back[name].ToString()));
    }

    [Fact]
    public void LargeConstantsOfAFileStayWhatTheyAre()
    {
        var numbers = Enumerable.Range(0, 400 * 300).Select(i => (float)i).ToArray();
        var graph = new Graph();
        var table = graph.NewNode("Const", "table").Attr("dtype", DType.Float32).Attr("value", Tensor.From<float>(numbers).Reshape(new Shape([400, 300]))).Build()[0];
        var rows = graph.NewNode("Placeholder", "rows").Attr("dtype", DType.Int32).Build()[0];
        var axis = graph.NewNode("Const").Attr("dtype", DType.Int32).Attr("value", Tensor.Scalar(0)).Build()[0];
        graph.NewNode("GatherV2", "found").Input(table).Input(rows).Input(axis).Build();
        var path = Path.GetTempFileName();
        try
        {
            GraphFile.Write(path, graph);
            using var session = new Session(Graph.FromDef(GraphFile.Read(path)));
            for (var run = 0; run < 2; run++)
            {
                var found = session.Run([new("rows", Tensor.From<int>(399, 0, 77))], ["found"])[0];
                Assert.Equal([.. numbers[(399 * 300)..], .. numbers[..300], .. numbers[(77 * 300)..(78 * 300)]], found.ToArray<float>());
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void TensorsInAttributesComeBack()
    {
        var list = AttrValue.ListOf([AttrValue.Of(Tensor.Scalar(3)), AttrValue.Of(Tensor.FromStrings(["x"]))]);
        var back = RoundTrip(new NodeDef { Name = "n", Op = "Const", Attrs = new Dictionary<string, AttrValue> { ["l"] = list } }).Attrs["l"].AsList();
        Assert.Equal(3, back[0].AsTensor().Item<int>());
        Assert.Equal(["x"], back[1].AsTensor().ToStrings());
    }

    [Fact]
    public void WhatOnlyExportNeedsIsKept()
    {
        var type = new Protos.FullTypeDef { TypeId = Protos.FullTypeId.TftProduct };
        var back = RoundTrip(new NodeDef
        {
            Name = "n",
            Op = "NoOp",
            Device = "/cpu:0",
            Inputs = ["a:1", "^b"],
            OriginalNodeNames = ["o"],
            OriginalFunctionNames = ["f"],
            FullType = type.ToByteArray(),
        });
        Assert.Equal(("n", "NoOp", "/cpu:0"), (back.Name, back.Op, back.Device));
        Assert.Equal(["a:1", "^b"], back.Inputs);
        Assert.Equal(["o"], back.OriginalNodeNames);
        Assert.Equal(["f"], back.OriginalFunctionNames);
        Assert.Equal(type.ToByteArray(), back.FullType.ToArray());
    }

    [Fact]
    public void ABadConstantNamesItsNode()
    {
        var p = new Protos.GraphDef { Node = { new Protos.NodeDef { Name = "c", Op = "Const" } } };
        p.Node[0].Attr["value"] = new() { Tensor = new() { Dtype = Protos.DataType.DtInt32, TensorContent = ByteString.CopyFrom(1) } };
        var e = Assert.Throws<EngineException>(() => GraphImporter.Import(p));
        Assert.Equal(StatusCode.InvalidArgument, e.Code);
        Assert.Equal("c", e.NodeName);
    }

    [Fact]
    public void TwoGradientsOfOneFunctionAreRefused()
    {
        var p = new Protos.GraphDef { Library = new() { Gradient = { new Protos.GradientDef { FunctionName = "f", GradientFunc = "g" } } } };
        Assert.Equal("g", GraphImporter.Import(p).Gradients["f"]);
        p.Library.Gradient.Add(new Protos.GradientDef { FunctionName = "f", GradientFunc = "h" });
        Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => GraphImporter.Import(p)).Code);
    }

    private static NodeDef RoundTrip(NodeDef node)
        => GraphImporter.Import(Protos.GraphDef.Parser.ParseFrom(GraphExporter.Export(new GraphDef { Nodes = [node] }).ToByteArray())).Nodes[0];
}
