using System.Text;

namespace Engine.Io.Tests.Numpy;

/// <summary>Arrays that numpy saved, beside their values as the constants of a graph.</summary>
public class NpyTests
{
    public static TheoryData<string> Arrays()
    {
        using var npz = new NpzReader(TestData.PathOf("numpy", "arrays.npz"));
        return [.. npz.Names];
    }

    [Theory]
    [MemberData(nameof(Arrays))]
    public void NumpysArraysAreRead(string name)
    {
        using var npz = new NpzReader(TestData.PathOf("numpy", "arrays.npz"));
        using var t = npz.Read(name);
        TestData.AssertEqual(GraphFile.Read(TestData.PathOf("numpy", "arrays.expected.pb")).Nodes.Single(n => n.Name == name).Attrs["value"].AsTensor(), t);
    }

    [Theory]
    [InlineData("version1")]
    [InlineData("version2")]
    [InlineData("version3")]
    public void EveryVersionOfTheHeader(string name)
    {
        using var t = NpyReader.Read(TestData.PathOf("numpy", name + ".npy"));
        Assert.Equal([(short)0, (short)1, (short)2, (short)3], t.ToArray<short>());
    }

    [Fact]
    public void VersionOneIsWrittenAsNumpyDoes()
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, Tensor.From<short>(0, 1, 2, 3));
        Assert.Equal(File.ReadAllBytes(TestData.PathOf("numpy", "version1.npy")), stream.ToArray());
    }

    [Fact]
    public void TypesThatNumpyLacks()
    {
        using var quantized = NpyReader.Read(TestData.PathOf("numpy", "quantized.npy"));
        Assert.Equal(DType.QInt8, quantized.Type);
        using var bfloat16 = NpyReader.Read(TestData.PathOf("numpy", "bfloat16.npy"));
        Assert.Equal([1f, 2.5f], bfloat16.ToArray<Engine.Tensors.BFloat16>().Select(v => (float)v));
        foreach (var (t, file) in new[] { (quantized, "quantized.npy"), (bfloat16, "bfloat16.npy") })
        {
            using var stream = new MemoryStream();
            NpyWriter.Write(stream, t);
            Assert.Equal(File.ReadAllBytes(TestData.PathOf("numpy", file)), stream.ToArray());
        }
    }

    [Theory]
    [InlineData("object")]
    [InlineData("structure")]
    [InlineData("date")]
    public void OtherTypesAreRefused(string name)
        => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<InvalidModelException>(() => NpyReader.Read(TestData.PathOf("numpy", name + ".npy"))).Code);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryTypeComesBack(bool compress)
    {
        using var data = new TestData();
        var arrays = new Dictionary<string, Tensor>
        {
            ["text"] = Tensor.FromStrings(["a", "bc", ""], Shape.Matrix(1, 3)),
            ["scalar"] = Tensor.Scalar(1.5),
            ["no_strings"] = Tensor.Zeros(DType.String, Shape.Vector(0)),
        };
        foreach (var type in Enum.GetValues<DType>().Where(t => t.Size() > 0 && t is not (DType.Float8E4M3FN or DType.Float8E5M2 or DType.Int4 or DType.UInt4)))
        {
            var t = Tensor.Allocate(type, Shape.Matrix(2, 3));
            var bytes = t.Bytes();
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)(type == DType.Bool ? i & 1 : i * 7);
            arrays[type.Name()] = t;
        }
        NpzWriter.Write(data["a.npz"], arrays, compress);
        using var npz = new NpzReader(data["a.npz"]);
        Assert.Equal(arrays.Keys.Order(), npz.Names.Order());
        foreach (var (name, t) in arrays)
            TestData.AssertEqual(t, npz.Read(name));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }", StatusCode.DataLoss)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000), }", StatusCode.DataLoss)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 4000000000, 4000000000), }", StatusCode.InvalidArgument)]
    [InlineData("{'descr': '|S0', 'fortran_order': False, 'shape': (4000000000,), }", StatusCode.ResourceExhausted)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", StatusCode.InvalidArgument)]
    [InlineData("{'descr': '<q9', 'fortran_order': False, 'shape': (1,), }", StatusCode.InvalidArgument)]
    [InlineData("{'descr': '<U999999999', 'fortran_order': False, 'shape': (1,), }", StatusCode.InvalidArgument)]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }", StatusCode.DataLoss)]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", StatusCode.DataLoss)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}", StatusCode.DataLoss)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x", StatusCode.DataLoss)]
    [InlineData("{'descr': '<f4", StatusCode.DataLoss)]
    [InlineData("", StatusCode.DataLoss)]
    public void HostileHeadersAreRefused(string header, StatusCode code)
    {
        using var stream = new MemoryStream([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), 0, 0, 0, 0]);
        Assert.Equal(code, Assert.Throws<InvalidModelException>(() => NpyReader.Read(stream)).Code);
    }

    [Theory]
    [InlineData("{'shape': (2L,), 'fortran_order': True, 'descr': u'<i2'}")]
    [InlineData("{\"descr\": \"<i2\", \"fortran_order\": False, \"shape\": (2,)}\n")]
    public void OldHeadersAreRead(string header)
    {
        using var stream = new MemoryStream([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), 1, 0, 2, 0]);
        Assert.Equal([(short)1, (short)2], NpyReader.Read(stream).ToArray<short>());
    }

    [Theory]
    [InlineData("numpy/arrays.npz")]
    [InlineData("numpy/version1.npy")]
    public void TruncatedAndFlippedFilesNeverCrash(string file)
    {
        var bytes = File.ReadAllBytes(TestData.PathOf(file.Split('/')));
        var step = Math.Max(1, bytes.Length / 500);
        for (var i = 0; i < bytes.Length; i += step)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[i] ^= (byte)(1 << (i % 8));
            Try(bytes[..i]);
            Try(flipped);
        }

        void Try(byte[] damaged)
        {
            try
            {
                if (file.EndsWith(".npy", StringComparison.Ordinal))
                {
                    NpyReader.Read(new MemoryStream(damaged)).Dispose();
                    return;
                }
                using var npz = new NpzReader(new MemoryStream(damaged));
                foreach (var name in npz.Names)
                    npz.Read(name).Dispose();
            }
            catch (EngineException)
            {
            }
        }
    }
}
