using Engine.Io.Numpy;
using Engine.Io.Python;

namespace Engine.Cli.Tests.Python;

public sealed class PickleTests
{
    [Fact]
    public void WrittenArraysAreReadBack()
    {
        var array = NdArray.Of(NumpyType.Object, [2, 2], new object?[] { new byte[] { 1 }, new byte[300], "text", new byte[] { 1 } });
        using var stream = new MemoryStream();
        PickleWriter.Write(stream, array);
        var read = Assert.IsType<NdArray>(PickleReader.Read(stream.ToArray()));
        Assert.Equal(array.Shape, read.Shape);
        for (var i = 0; i < array.Count; i++)
            Assert.True(PythonEquality.AreEqual(array[i], read[i]));
    }

    [Fact]
    public void NothingThatAPickleNamesIsRun()
    {
        var pickle = "cos\nsystem\n(S'true'\ntR."u8.ToArray();
        var error = Assert.Throws<PythonException>(() => PickleReader.Read(pickle));
        Assert.Contains("os.system", error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dict.pkl")]
    [InlineData("my_data2.pkl")]
    public void DamageIsAnError(string name)
    {
        var bytes = File.ReadAllBytes(TestData.PathOf($"cli/inputs/{name}"));
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var part = damaged.AsSpan(0, random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length).ToArray();
            try
            {
                PickleReader.Read(part);
            }
            catch (PythonException)
            {
                // The only way to say so.
            }
        }
    }
}
