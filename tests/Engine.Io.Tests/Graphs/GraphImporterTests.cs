using Engine.Graphs;
using Engine.Io.Graphs;
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
