using System.Buffers.Binary;
using System.Text;
using Engine.Io.Tables;

namespace Engine.Io.Tests.Tables;

public class BlockTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 50).Select(i => $"key{i * 2:D3}")];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(100)]
    public void EveryKeyIsFoundWhateverTheRestarts(int interval)
    {
        var block = Block.TryParse(Build(interval), Build(interval).Length)!;
        for (var i = 0; i < 101; i++)
        {
            var cursor = block.Begin();
            var found = cursor.Seek(Encoding.ASCII.GetBytes($"key{i:D3}"));
            Assert.Equal(i < 99, found);
            if (found)
                Assert.Equal(Keys[(i + 1) / 2], Encoding.ASCII.GetString(cursor.Key));
        }
        var all = block.Begin();
        var count = 0;
        while (all.MoveNext())
        {
            Assert.Equal(Keys[count], Encoding.ASCII.GetString(all.Key));
            Assert.Equal($"value{count++}", Encoding.ASCII.GetString(all.Value.Span));
        }
        Assert.Equal((50, false), (count, all.IsCorrupt));
    }

    [Fact]
    public void TheEmptyBlock()
    {
        byte[] bytes = [0, 0, 0, 0, 1, 0, 0, 0];
        var block = Block.TryParse(bytes, 8)!;
        Assert.False(block.Begin().MoveNext());
        Assert.False(block.Begin().Seek("a"u8));
        bytes = [0, 0, 0, 0];
        Assert.False(Block.TryParse(bytes, 4)!.Begin().Seek("a"u8));
    }

    [Fact]
    public void ImpossibleRestartCountsAreRefused()
    {
        Assert.Null(Block.TryParse([0, 0, 0], 3));
        Assert.Null(Block.TryParse([0, 0, 0, 0, 2, 0, 0, 0], 8));
        Assert.Null(Block.TryParse([0, 0, 0, 0, 255, 255, 255, 255], 8));
    }

    [Fact]
    public void DamageNeverCrashes()
    {
        var bytes = Build(4);
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var damaged = (byte[])bytes.Clone();
                damaged[i] ^= (byte)(1 << bit);
                if (Block.TryParse(damaged, damaged.Length) is not { } block)
                    continue;
                var cursor = block.Begin();
                for (var n = 0; cursor.MoveNext(); n++)
                    Assert.True(n < bytes.Length);
                foreach (var key in Keys)
                    block.Begin().Seek(Encoding.ASCII.GetBytes(key));
            }
        }
    }

    private static byte[] Build(int interval)
    {
        var bytes = new List<byte>();
        var restarts = new List<int>();
        var last = Array.Empty<byte>();
        for (var i = 0; i < Keys.Length; i++)
        {
            var key = Encoding.ASCII.GetBytes(Keys[i]);
            var value = Encoding.ASCII.GetBytes($"value{i}");
            if (i % interval == 0)
            {
                restarts.Add(bytes.Count);
                last = [];
            }
            var shared = key.AsSpan().CommonPrefixLength(last);
            bytes.AddRange([(byte)shared, (byte)(key.Length - shared), (byte)value.Length, .. key[shared..], .. value]);
            last = key;
        }
        var word = new byte[4];
        foreach (var r in restarts.Append(restarts.Count))
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, r);
            bytes.AddRange(word);
        }
        return [.. bytes];
    }
}
