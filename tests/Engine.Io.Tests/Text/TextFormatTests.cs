using System.Text;
using Engine.Io.Text;
using Google.Protobuf;

namespace Engine.Io.Tests.Text;

public class TextFormatTests
{
    [Theory]
    [InlineData("model_checkpoint_path: \"a\"", "a")]
    [InlineData("model_checkpoint_path:'a'", "a")]
    [InlineData("# comment\nmodel_checkpoint_path : \"a\" # another\n", "a")]
    [InlineData("model_checkpoint_path: \"a\" \"b\"\n 'c'", "abc")]
    [InlineData("model_checkpoint_path: \"a\"; model_checkpoint_path: \"b\",", "b")]
    [InlineData("model_checkpoint_path: \"\\303\\251\\xc3\\xA9\\u00e9\\U000000e9\"", "éééé")]
    [InlineData("model_checkpoint_path: \"\\a\\b\\f\\n\\r\\t\\v\\\\\\'\\\"\\0011\"", "\a\b\f\n\r\t\v\\'\"\u00011")]
    [InlineData("model_checkpoint_path: \"C:\\\\models\"", "C:\\models")]
    [InlineData("", "")]
    public void Strings(string text, string expected)
        => Assert.Equal(expected, TextFormat.Parse<Protos.CheckpointState>(text).ModelCheckpointPath);

    [Fact]
    public void ListsAndRepeatedFieldsAreOne()
    {
        var state = TextFormat.Parse<Protos.CheckpointState>("""
            all_model_checkpoint_paths: ["a", "b"] all_model_checkpoint_paths: 'c'
            all_model_checkpoint_timestamps: [1, -2.5e3, .5f, inf, - infinity] all_model_checkpoint_timestamps: []
            """);
        Assert.Equal(["a", "b", "c"], state.AllModelCheckpointPaths);
        Assert.Equal([1, -2500, 0.5, double.PositiveInfinity, double.NegativeInfinity], state.AllModelCheckpointTimestamps);
    }

    [Fact]
    public void MapsNestedMessagesAndEnums()
    {
        var node = TextFormat.Parse<Protos.NodeDef>("""
            name: "n" attr < key: "T" value: { type: DT_FLOAT } > attr { key: "N" value { type: 3 } }
            attr { key: "T" value { list { type: [DT_INT32, 9] b: true b: f } } } attr { key: "none" }
            """);
        Assert.Equal([Protos.DataType.DtInt32, Protos.DataType.DtInt64], node.Attr["T"].List.Type);
        Assert.Equal([true, false], node.Attr["T"].List.B);
        Assert.Equal(Protos.DataType.DtInt32, node.Attr["N"].Type);
        Assert.Equal(Protos.AttrValue.ValueOneofCase.None, node.Attr["none"].ValueCase);
    }

    [Fact]
    public void IntegersOfEveryBase()
    {
        var shape = TextFormat.Parse<Protos.TensorShapeProto>("dim { size: 0x10 } dim { size: 010 } dim { size: - 1 } dim { size: -9223372036854775808 }");
        Assert.Equal([16, 8, -1, long.MinValue], shape.Dim.Select(d => d.Size));
    }

    [Fact]
    public void AnyWithAKnownType()
    {
        var text = "any_list {\n  value {\n    [type.googleapis.com/tensorflow.AssetFileDef] {\n      filename: \"f\"\n    }\n  }\n}\n";
        var collection = TextFormat.Parse<Protos.CollectionDef>(text);
        Assert.Equal("f", Protos.AssetFileDef.Parser.ParseFrom(collection.AnyList.Value[0].Value).Filename);
        Assert.Equal(text, TextFormat.Print(collection));
    }

    [Fact]
    public void WrappersKeepTheirPresence()
    {
        var graph = TextFormat.Parse<Protos.TrackableObjectGraph>("nodes { has_checkpoint_values { value: true } } nodes { has_checkpoint_values { } } nodes { }");
        Assert.Equal([true, false, null], graph.Nodes.Select(n => n.HasCheckpointValues));
        Assert.Equal(graph, TextFormat.Parse<Protos.TrackableObjectGraph>(TextFormat.Print(graph)));
    }

    [Theory]
    [InlineData("unknown: 1")]
    [InlineData("model_checkpoint_path \"a\"")]
    [InlineData("model_checkpoint_path: a")]
    [InlineData("model_checkpoint_path: \"a")]
    [InlineData("model_checkpoint_path: \"a\n\"")]
    [InlineData("model_checkpoint_path: \"\\q\"")]
    [InlineData("model_checkpoint_path: \"\\777\"")]
    [InlineData("model_checkpoint_path: \"\\ud800\"")]
    [InlineData("model_checkpoint_path: \"\\377\"")]
    [InlineData("last_preserved_timestamp: 1x")]
    [InlineData("last_preserved_timestamp: \"1\"")]
    [InlineData("last_preserved_timestamp:")]
    [InlineData("all_model_checkpoint_paths: [\"a\"")]
    [InlineData("all_model_checkpoint_paths: [\"a\",]")]
    [InlineData("}")]
    [InlineData("[tensorflow.X] { }")]
    public void BadTextIsDataLossWithItsPlace(string text)
    {
        var e = Assert.Throws<InvalidModelException>(() => TextFormat.Parse<Protos.CheckpointState>(text, "file"));
        Assert.Equal((StatusCode.DataLoss, "file"), (e.Code, e.File));
        Assert.Contains("line ", e.Message);
    }

    [Theory]
    [InlineData("int_val: 2147483648")]
    [InlineData("int_val: 1.0")]
    [InlineData("uint32_val: -1")]
    [InlineData("uint64_val: 18446744073709551616")]
    [InlineData("bool_val: 2")]
    [InlineData("dtype: DT_NOTHING")]
    [InlineData("tensor_shape { dim { size: 99999999999999999999999999999999999999999999999999999999999999999999999999999999999999 } }")]
    public void ValuesOutOfRangeAreRefused(string text)
        => Assert.Equal(StatusCode.DataLoss, Assert.Throws<InvalidModelException>(() => TextFormat.Parse<Protos.TensorProto>(text)).Code);

    [Fact]
    public void NestingIsLimited()
    {
        var deep = string.Concat(Enumerable.Repeat("args {", 100_000));
        Assert.Equal(StatusCode.DataLoss, Assert.Throws<InvalidModelException>(() => TextFormat.Parse<Protos.FullTypeDef>(deep)).Code);
    }

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-4, "0.0001")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e22, "1e+22")]
    [InlineData(123456789012345678, "1.2345678901234568e+17")]
    [InlineData(1.0 / 3, "0.3333333333333333")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1611169837.8478684, "1611169837.8478684")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(5e-324, "5e-324")]
    public void DoublesPrintAsInPython(double value, string expected) => Assert.Equal(expected, TextNumbers.Print(value));

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(123456789f, "123456790.0")]
    [InlineData(3.4e38f, "3.4e+38")]
    public void FloatsPrintShort(float value, string expected) => Assert.Equal(expected, TextNumbers.Print(value));

    [Fact]
    public void BytesPrintWithOctalEscapes()
    {
        var p = new Protos.TensorProto { TensorContent = ByteString.CopyFrom([0, 7, 9, 10, 13, 34, 39, 92, 65, 127, 195, 255]) };
        Assert.Equal("""tensor_content: "\000\007\t\n\r\"\'\\A\177\303\377" """.TrimEnd() + "\n", TextFormat.Print(p));
    }

    [Fact]
    public void DamagedTextNeverCrashes()
    {
        var text = Encoding.UTF8.GetBytes("node { name: \"a\\303\\251\" attr { key: 'T' value { type: DT_FLOAT f: -1.5e3 } } } # c\nversions < producer: 0x1f >");
        for (var i = 0; i < text.Length; i++)
        {
            Try(text[..i]);
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = (byte[])text.Clone();
                flipped[i] ^= (byte)(1 << bit);
                Try(flipped);
            }
        }

        static void Try(byte[] bytes)
        {
            try
            {
                TextFormat.Parse<Protos.GraphDef>(bytes);
            }
            catch (EngineException)
            {
            }
        }
    }

    [Fact]
    public void BinaryAndTextAreToldApart()
    {
        Assert.True(TextFormat.IsText("\n# graph\nnode { }"u8));
        Assert.False(TextFormat.IsText(new Protos.GraphDef { Node = { new Protos.NodeDef { Name = "a", Op = "NoOp" } } }.ToByteArray()));
        Assert.False(TextFormat.IsText([]));
    }
}
