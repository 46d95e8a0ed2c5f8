namespace Engine.Io.Tests;

/// <summary>Fixtures, and folders that vanish with the test.</summary>
internal sealed class TestData : IDisposable
{
    internal TestData() => Folder = Directory.CreateTempSubdirectory("engine-io-").FullName;

    internal string Folder { get; }

    internal static string PathOf(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Data", .. parts]);

    internal string this[string name] => Path.Combine(Folder, name);

    internal static void AssertEqual(Tensor expected, Tensor actual)
    {
        Assert.Equal((expected.Type, expected.Shape), (actual.Type, actual.Shape));
        if (expected.Type == DType.String)
            Assert.Equal(expected.ToArray<byte[]>(), actual.ToArray<byte[]>());
        else
            Assert.True(expected.Bytes().SequenceEqual(actual.Bytes()), $"{actual}\nis not\n{expected}");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
