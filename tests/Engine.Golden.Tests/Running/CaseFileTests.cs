using System.IO.Compression;
using Engine.Conformance.Golden;
using Engine.Conformance.Running;
using Google.Protobuf;

namespace Engine.Golden.Tests.Running;

public sealed class CaseFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void Cases_come_in_order()
    {
        Write(Delimited(new Case { Name = "a" }, new Case { Name = new string('b', 3_000_000) }));
        Assert.Equal([1, 3_000_000], CaseFile.Read(path).Select(c => c.Name.Length));
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        var whole = Delimited(new Case { Name = "name", Ops = { "Add" } });
        for (var n = 1; n < whole.Length; n++)
        {
            Write(whole[..n]);
            Assert.Throws<InvalidDataException>(() => CaseFile.Read(path).ToList());
        }
    }

    [Fact]
    public void A_huge_length_is_refused()
    {
        Write([0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => CaseFile.Read(path).ToList());
        Write([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]);
        Assert.Throws<InvalidDataException>(() => CaseFile.Read(path).ToList());
    }

    public void Dispose() => System.IO.File.Delete(path);

    private static byte[] Delimited(params Case[] cases)
    {
        var stream = new MemoryStream();
        foreach (var c in cases)
            c.WriteDelimitedTo(stream);
        return stream.ToArray();
    }

    private void Write(byte[] content)
    {
        using var zip = new GZipStream(System.IO.File.Create(path), CompressionLevel.Fastest);
        zip.Write(content);
    }
}
