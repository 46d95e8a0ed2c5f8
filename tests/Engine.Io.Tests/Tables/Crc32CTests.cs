using System.Text;
using Engine.Io.Tables;

namespace Engine.Io.Tests.Tables;

public class Crc32CTests
{
    // The vectors of RFC 3720, B.4.
    [Fact]
    public void Standard()
    {
        Assert.Equal(0u, Crc32C.Compute([]));
        Assert.Equal(0xE3069283, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(Enumerable.Repeat((byte)0xff, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
    }

    [Fact]
    public void MasksAreUndone()
    {
        Assert.Equal(0xA282EAD8, Crc32C.Mask(0));
        Assert.Equal(0xC78AB0E5, Crc32C.Mask(0xE3069283));
        Assert.Equal(0xE3069283, Crc32C.Unmask(0xC78AB0E5));
    }

    [Fact]
    public unsafe void EveryPathGivesTheSame()
    {
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        foreach (var length in Enumerable.Range(0, 300).Concat([767, 768, 769, 800, 24575, 24576, 24577, 24600, 50_000, 99_999, 100_000]))
        {
            for (var start = 0; start < Math.Min(9, bytes.Length - length + 1); start++)
            {
                var part = bytes.AsSpan(start, length);
                var expected = ~Crc32C.ByTable(~0u, part);
                Assert.Equal(expected, Crc32C.Compute(part));
                Assert.Equal(expected, Crc32C.Extend(Crc32C.Compute(part[..(length / 3)]), part[(length / 3)..]));
                fixed (byte* p = part)
                    Assert.Equal(expected, Crc32C.Extend(0, p, length));
            }
        }
        Assert.Equal(~Crc32C.ByTable(~0u, Encoding.ASCII.GetBytes("a")), Crc32C.Compute("a"u8));
    }
}
