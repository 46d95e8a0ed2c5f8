using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Tests.OpModel;

public class OpDefinitionsTests
{
    [Fact]
    public void AllOpsOfTensorFlowAreThere()
    {
        var names = OpDefinitions.Names.ToArray();
        Assert.Equal(1862, names.Length);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(names, n => Assert.True(OpDefinitions.Contains(n)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("NoSuchOp")]
    [InlineData("Ad")]
    [InlineData("AddV")]
    [InlineData("Add(")]
    [InlineData("Add(x:T; y:T)")]
    [InlineData("\n")]
    [InlineData("~")]
    [InlineData(" ")]
    [InlineData("Ädd")]
    public void OtherNamesAreNoOps(string name)
    {
        Assert.Null(OpDefinitions.Find(name));
        Assert.False(OpDefinitions.Contains(name));
    }

    [Fact]
    public void EveryDefinitionIsConsistent()
    {
        foreach (var name in OpDefinitions.Names)
        {
            var op = OpDefinitions.Find(name)!;
            Assert.Equal(name, op.Name);
            Assert.Equal(op.Attrs.Length, op.Attrs.Select(a => a.Name).Distinct().Count());
            Assert.Equal(op.Inputs.Length, op.Inputs.Select(a => a.Name).Distinct().Count());
            foreach (var arg in op.Inputs.Concat(op.Outputs))
                CheckArg(op, arg);
            foreach (var attr in op.Attrs)
                CheckAttr(op, attr);
        }
    }

    [Fact]
    public void AnOpWithAllKindsOfArguments()
    {
        var op = OpDefinitions.Find("ParseExample")!;
        Assert.Equal(new ArgDefinition("sparse_keys", DType.String, NumberAttr: "Nsparse"), op.Inputs[2]);
        Assert.Equal(new ArgDefinition("dense_defaults", DType.Invalid, TypeListAttr: "Tdense"), op.Inputs[4]);
        Assert.Equal(new ArgDefinition("sparse_indices", DType.Int64, NumberAttr: "Nsparse"), op.Outputs[0]);
        Assert.Equal(0, op.Attr("Nsparse")!.Minimum);
        Assert.True(op.Attr("dense_shapes")!.IsList);
        Assert.Null(op.Attr("dense_shapes")!.Default);
    }

    [Fact]
    public void ReferenceArguments()
    {
        var assign = OpDefinitions.Find("Assign")!;
        Assert.True(assign.Inputs[0].IsRef);
        Assert.False(assign.Inputs[1].IsRef);
        Assert.True(assign.Outputs[0].IsRef);
        Assert.True(assign.AllowsUninitializedInput);
        Assert.Equal(new ArgDefinition("inputs", DType.Invalid, "T", "N", IsRef: true), OpDefinitions.Find("RefMerge")!.Inputs[0]);
    }

    [Fact]
    public void Flags()
    {
        Assert.True(OpDefinitions.Find("VariableV2")!.IsStateful);
        Assert.True(OpDefinitions.Find("AddV2")!.IsCommutative);
        Assert.True(OpDefinitions.Find("AddN")!.IsAggregate);
        Assert.Equal(7, OpDefinitions.Find("TopK")!.DeprecatedAt);
        Assert.Null(OpDefinitions.Find("TopKV2")!.DeprecatedAt);
        Assert.False(OpDefinitions.Find("TopKV2")!.IsStateful);
    }

    [Theory]
    [InlineData("TopKV2", "sorted", "true")]
    [InlineData("TopKV2", "index_type", "int32")]
    [InlineData("Conv2D", "data_format", "\"NHWC\"")]
    [InlineData("Conv2D", "dilations", "[1, 1, 1, 1]")]
    [InlineData("Conv2D", "explicit_paddings", "[]")]
    [InlineData("FusedBatchNormV3", "epsilon", "0.0001")]
    [InlineData("ClipByValue", "T", null)]
    [InlineData("Placeholder", "shape", "<unknown>")]
    [InlineData("PartitionedCall", "config", "\"\"")]
    [InlineData("Bucketize", "boundaries", null)]
    [InlineData("SampleDistortedBoundingBox", "aspect_ratio_range", "[0.75, 1.33]")]
    [InlineData("DataFormatVecPermute", "src_format", "\"NHWC\"")]
    [InlineData("TensorSummary", "labels", "[]")]
    public void Defaults(string op, string attr, string? value)
        => Assert.Equal(value, OpDefinitions.Find(op)!.Attr(attr)!.Default?.ToString());

    [Fact]
    public void DefaultsThatAreHardToWrite()
    {
        var color = OpDefinitions.Find("ImageSummary")!.Attr("bad_color")!.Default!.AsTensor();
        Assert.Equal([255, 0, 0, 255], color.ToArray<byte>());
        var test = OpDefinitions.Find("DefaultAttrs")!;
        Assert.Equal(1, test.Attr("tensor_val")!.Default!.AsTensor().Item<int>());
        Assert.Equal("[[], [1]]", test.Attr("shape_list_val")!.Default!.ToString());
        Assert.Equal("[\"abc\", \"\"]", test.Attr("string_list_val")!.Default!.ToString());
        Assert.Contains(OpDefinitions.Names.SelectMany(n => OpDefinitions.Find(n)!.Attrs), a => a.Default is { Kind: AttrKind.String } d && d.AsString() == "\n");
        Assert.Contains(OpDefinitions.Names.SelectMany(n => OpDefinitions.Find(n)!.Attrs), a => a.Default is { Kind: AttrKind.String } d && d.AsString() == "\t");
        Assert.Contains(OpDefinitions.Names.SelectMany(n => OpDefinitions.Find(n)!.Attrs), a => a.Default is { Kind: AttrKind.Float } d && float.IsNegativeInfinity(d.AsFloat()));
    }

    [Fact]
    public void LimitsOfValues()
    {
        var op = OpDefinitions.Find("Conv2D")!;
        Assert.Equal<string>(["SAME", "VALID", "EXPLICIT"], op.Attr("padding")!.AllowedStrings);
        Assert.Equal<DType>([DType.Float16, DType.BFloat16, DType.Float32, DType.Float64, DType.Int32], op.Attr("T")!.AllowedTypes);
        Assert.Equal(1, OpDefinitions.Find("AddN")!.Attr("N")!.Minimum);
    }

    private static void CheckArg(OpDefinition op, ArgDefinition arg)
    {
        if (arg.TypeAttr.Length > 0)
            Assert.Equal("type", op.Attr(arg.TypeAttr)?.Type);
        if (arg.NumberAttr.Length > 0)
            Assert.Equal("int", op.Attr(arg.NumberAttr)?.Type);
        if (arg.TypeListAttr.Length > 0)
            Assert.Equal("list(type)", op.Attr(arg.TypeListAttr)?.Type);
        // A type comes from one place.
        Assert.Equal(1, (arg.Type != DType.Invalid ? 1 : 0) + (arg.TypeAttr.Length > 0 ? 1 : 0) + (arg.TypeListAttr.Length > 0 ? 1 : 0));
    }

    private static void CheckAttr(OpDefinition op, AttrDefinition attr)
    {
        Assert.NotEqual(AttrKind.None, attr.ElementKind);
        Assert.DoesNotContain(DType.Invalid, attr.AllowedTypes);
        if (attr.Default is not { } value)
            return;
        Assert.Equal(attr.IsList ? AttrKind.List : attr.ElementKind, value.Kind);
        // What a definition gives by default it accepts.
        Assert.NotNull(AttributeCompletion.Complete("n", op with { Attrs = [attr] }, new Dictionary<string, AttrValue> { [attr.Name] = value }));
    }
}
