using Engine.Io.Tables;

namespace Engine.Io.Tests.Tables;

public class TableTests
{
    // The first key of a block shares nothing with the block before.
    [Fact]
    public void TablesOfSeveralBlocksAreRead()
    {
        using var data = new TestData();
        var value = new byte[1000];
        var keys = Enumerable.Range(0, 2000).Select(i => System.Text.Encoding.UTF8.GetBytes($"a common prefix/{i:D5}")).ToArray();
        using (var file = File.Create(data["table"]))
        {
            var table = new TableWriter(file);
            table.Add([], value.AsSpan(0, 1));
            foreach (var (i, key) in keys.Index())
                table.Add(key, value.AsSpan(0, i % 1000));
            table.Add([0xff], new byte[600_000]);
            table.Add([0xff, 0xff], value);
            table.Finish();
        }
        using var reader = new TableReader(data["table"]);
        Assert.Equal(keys.Length + 3, reader.Entries().Count());
        foreach (var (i, key) in keys.Index())
            Assert.Equal(i % 1000, reader.Find(key)!.Value.Length);
        Assert.Equal(600_000, reader.Find([0xff])!.Value.Length);
        Assert.Equal(1000, reader.Find([0xff, 0xff])!.Value.Length);
        Assert.Null(reader.Find("a common prefix/1"u8));
        Assert.Null(reader.Find([0xff, 0xff, 0]));
    }
}
