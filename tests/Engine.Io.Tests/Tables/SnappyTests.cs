using Engine.Io.Tables;

namespace Engine.Io.Tests.Tables;

public class SnappyTests
{
    [Fact]
    public void LiteralsAndCopies()
    {
        Assert.Equal("abcd"u8.ToArray(), Snappy.Decode([4, 3 << 2, .. "abcd"u8]));
        // A copy of 4 to 11 bytes, offset in 11 bits.
        Assert.Equal("abababa"u8.ToArray(), Snappy.Decode([7, 1 << 2, .. "ab"u8, (1 << 2) | 1, 2]));
        // Offsets of two and four bytes.
        Assert.Equal("abcabc"u8.ToArray(), Snappy.Decode([6, 2 << 2, .. "abc"u8, (2 << 2) | 2, 3, 0]));
        Assert.Equal("abcabc"u8.ToArray(), Snappy.Decode([6, 2 << 2, .. "abc"u8, (2 << 2) | 3, 3, 0, 0, 0]));
        // A literal whose length needs one and two bytes more.
        var text = Enumerable.Range(0, 300).Select(i => (byte)i).ToArray();
        Assert.Equal(text[..100], Snappy.Decode([100, 60 << 2, 99, .. text[..100]]));
        Assert.Equal(text, Snappy.Decode([0xac, 2, 61 << 2, 43, 1, .. text]));
        Assert.Equal([], Snappy.Decode([0])!);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 5, 0, 1 })]
    [InlineData(new byte[] { 1, 1 << 2, 1, 2 })]
    [InlineData(new byte[] { 8, 0, 1, (3 << 2) | 1, 0 })]
    [InlineData(new byte[] { 8, 0, 1, (3 << 2) | 1, 2 })]
    [InlineData(new byte[] { 4, 63 << 2, 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 1 })]
    [InlineData(new byte[] { 4, 60 << 2 })]
    public void DamagedBlocksAreRefused(byte[] block) => Assert.Null(Snappy.Decode(block));

    [Fact]
    public void AnyBytesAreRefusedOrDecoded()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(1, 40)];
            random.NextBytes(bytes);
            bytes[0] &= 0x7f;
            var decoded = Snappy.Decode(bytes);
            Assert.True(decoded is null || decoded.Length == bytes[0]);
        }
    }
}
