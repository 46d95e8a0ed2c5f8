using System.Text;
using Engine.Ops.TensorLists;

namespace Engine.Io.Tests.Checkpoints;

public class CheckpointWriterTests
{
    [Theory]
    [InlineData(CheckpointFormat.V1)]
    [InlineData(CheckpointFormat.V2)]
    public void WhatIsWrittenIsRead(CheckpointFormat format)
    {
        using var data = new TestData();
        var tensors = Tensors(format);
        using (var writer = CheckpointWriter.Create(data["m"], format, flushToDisk: false))
        {
            foreach (var (name, tensor) in tensors)
                writer.Add(name, tensor);
            writer.Add("part", "4 3 0,1:-", Tensor.From([1f, 2, 3], new(1, 3)));
            writer.Add("part", "4 3 1,3:0,3", Tensor.From([4f, 5, 6, 7, 8, 9, 10, 11, 12], new(3, 3)));
            Assert.False(File.Exists(data[format == CheckpointFormat.V1 ? "m" : "m.index"]));
            writer.Finish();
        }
        Assert.Equal(format == CheckpointFormat.V1 ? ["m"] : ["m.data-00000-of-00001", "m.index"], Names(data));
        using var reader = CheckpointReader.Open(data["m"]);
        reader.Verify();
        Assert.Equal(tensors.Keys.Append("part").Order(StringComparer.Ordinal), reader.Tensors.Select(t => t.Name));
        foreach (var (name, tensor) in tensors)
        {
            using var read = reader.Read(name);
            TestData.AssertEqual(tensor, read);
        }
        using var whole = reader.Read("part");
        TestData.AssertEqual(Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], new(4, 3)), whole);
    }

    [Fact]
    public void VariantsAreWrittenAndRead()
    {
        var inner = new TensorList(DType.Int32, new PartialShape(-1));
        inner.Items.Add(Tensor.From(1, 2));
        inner.Items.Add(null);
        var outer = new TensorList(DType.Variant, PartialShape.Scalar, 7);
        outer.Items.Add(Variant(inner));
        using var data = new TestData();
        using (var writer = CheckpointWriter.Create(data["m"]))
        {
            writer.Add("lists", Variant(outer, null));
            writer.Finish();
        }
        using var reader = CheckpointReader.Open(data["m"]);
        var items = reader.Read("lists").ToArray<object?>();
        Assert.Null(items[1]);
        var list = Assert.IsType<TensorList>(items[0]);
        Assert.Equal((DType.Variant, 7, PartialShape.Scalar), (list.ElementType, list.Maximum, list.ElementShape));
        var nested = Assert.IsType<TensorList>(Assert.Single(list.Items)!.AsSpan<object>()[0]);
        Assert.Equal([1, 2], nested.Items[0]!.ToArray<int>());
        Assert.Null(nested.Items[1]);
    }

    // The old data stay until the new index is in place, so the two have other names.
    [Fact]
    public void SavingOverACheckpointUsesTheOtherDataFile()
    {
        using var data = new TestData();
        for (var i = 0; i < 4; i++)
        {
            Save(data["m"], i);
            Assert.Equal([i % 2 == 0 ? "m.data-00000-of-00001" : "m.data-00001-of-00002", "m.index"], Names(data));
            Assert.Equal(i, Load(data["m"]));
        }
    }

    [Fact]
    public void OtherCheckpointsOfTheFolderStay()
    {
        using var data = new TestData();
        foreach (var name in (string[])["m", "m.data-00001-of-00002", "m2", "m[1]"])
            Save(data[name], 1);
        File.WriteAllText(data["m.data-00000-of-00001x"], "");
        Save(data["m"], 2);
        Assert.Equal(1, Load(data["m.data-00001-of-00002"]));
        Assert.Equal(1, Load(data["m2"]));
        Assert.Equal(1, Load(data["m[1]"]));
        Assert.True(File.Exists(data["m.data-00000-of-00001x"]));
    }

    [Fact]
    public void AnUnfinishedCheckpointLeavesNothing()
    {
        using var data = new TestData();
        Save(data["m"], 1);
        using (var writer = CheckpointWriter.Create(data["m"]))
            writer.Add("v", Tensor.Scalar(2));
        Assert.Equal(["m.data-00000-of-00001", "m.index"], Names(data));
        Assert.Equal(1, Load(data["m"]));
    }

    [Fact]
    public void WhatAKilledProcessLeftGoesWithTheNextSave()
    {
        using var data = new TestData();
        File.WriteAllText(data["m.data-00000-of-00001.tempstate12"], "x");
        File.WriteAllText(data["m.index.tempstate12"], "x");
        File.WriteAllText(data["m.index.tempstate12.txt"], "x");
        Save(data["m"], 1);
        Assert.Equal(["m.data-00000-of-00001", "m.index", "m.index.tempstate12.txt"], Names(data));
    }

    [Theory]
    [InlineData(CheckpointFormat.V1)]
    [InlineData(CheckpointFormat.V2)]
    public void FoldersThatAreNone(CheckpointFormat format)
    {
        using var data = new TestData();
        File.WriteAllText(data["file"], "x");
        Assert.Equal(StatusCode.FailedPrecondition, Code(() => CheckpointWriter.Create(data["file/m"], format)));
        Assert.Equal(StatusCode.NotFound, Code(() => CheckpointWriter.Create(data["a/b/m"], format)));
        Directory.CreateDirectory(data[format == CheckpointFormat.V1 ? "m" : "m.index"]);
        Assert.Equal(StatusCode.FailedPrecondition, Code(() => Save(data["m"], 1, format)));
        Assert.Empty(Directory.GetFiles(data.Folder, "m*"));
    }

    [Fact]
    public void NamesAreUnique()
    {
        using var data = new TestData();
        using var writer = CheckpointWriter.Create(data["m"]);
        writer.Add("v", Tensor.Scalar(1));
        Assert.Equal(StatusCode.InvalidArgument, Code(() => writer.Add("v", Tensor.Scalar(1))));
        Assert.Equal(StatusCode.InvalidArgument, Code(() => writer.Add("", Tensor.Scalar(1))));
    }

    private static StatusCode Code(Action action) => Assert.ThrowsAny<EngineException>(action).Code;

    private static string[] Names(TestData data) => [.. Directory.GetFileSystemEntries(data.Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private static Tensor Variant(params object?[] items)
    {
        var t = Tensor.Allocate(DType.Variant, Shape.Vector(items.Length));
        items.CopyTo(t.AsSpan<object?>());
        return items.Length == 1 ? t.Reshape(Shape.Scalar) : t;
    }

    private static void Save(string prefix, int value, CheckpointFormat format = CheckpointFormat.V2)
    {
        using var writer = CheckpointWriter.Create(prefix, format);
        writer.Add("v", Tensor.Scalar(value));
        writer.Finish();
    }

    private static int Load(string prefix)
    {
        using var reader = CheckpointReader.Open(prefix);
        return reader.Read("v").Item<int>();
    }

    private static Dictionary<string, Tensor> Tensors(CheckpointFormat format)
    {
        var tensors = new Dictionary<string, Tensor>
        {
            ["empty"] = Tensor.Zeros(DType.Float32, new(0, 3)),
            ["scalar"] = Tensor.Scalar(3.5),
            ["strings"] = Tensor.From<byte[]>([Encoding.UTF8.GetBytes("é"), [], [0, 255], new byte[300]], new(2, 2)),
            ["no strings"] = Tensor.Zeros(DType.String, new(0)),
            ["large"] = Tensor.From<int>([.. Enumerable.Range(0, 300_000)]),
        };
        for (var type = DType.Float32; type.IsKnown(); type++)
        {
            var v1 = type is DType.UInt32 or DType.UInt64 or DType.BFloat16 or DType.QInt16 or DType.QUInt16 || type > DType.UInt64;
            if (type.IsObject() || (v1 && format == CheckpointFormat.V1))
                continue;
            var t = Tensor.Zeros(type, new(7));
            var bytes = t.Bytes();
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = type is DType.Bool ? (byte)(i % 2) : type is DType.UInt4 ? (byte)(2 * i) : type is DType.Int4 ? (byte)(i - 4) : (byte)(17 * i);
            tensors[type.Name()] = t;
        }
        return tensors;
    }
}
