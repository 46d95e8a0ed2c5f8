using Engine.Io.Files;

namespace Engine.Io.Tests.Files;

public class FilePatternTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("ab", "a", false)]
    [InlineData("ab", "a?", true)]
    [InlineData("abc", "*c", true)]
    [InlineData("abcbc", "a*bc", true)]
    [InlineData("", "*", true)]
    [InlineData("model-00001-of-00002", "model-?????-of-00002", true)]
    [InlineData("b", "[a-c]", true)]
    [InlineData("d", "[a-c]", false)]
    [InlineData("d", "[^a-c]", true)]
    [InlineData("]", "[]]", true)]
    [InlineData("*", "\\*", true)]
    [InlineData("a", "\\*", false)]
    [InlineData("[", "[", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*a*a*a*a*c", false)]
    public void Names(string name, string pattern, bool matches) => Assert.Equal(matches, FilePattern.Matches(name, pattern));

    [Fact]
    public void PathsPartByPart()
    {
        using var data = new TestData();
        foreach (var name in new[] { "b/x1", "a/x1", "a/x2", "a/y", "[c]/x1" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(data[name])!);
            File.WriteAllText(data[name], "");
        }
        Assert.Equal([data["[c]/x1"], data["a/x1"], data["b/x1"]], FilePattern.Match(data["*/x1"]));
        Assert.Equal([data["a/x1"], data["a/x2"]], FilePattern.Match(data["a/x?"]));
        Assert.Equal([data["[c]/x1"]], FilePattern.Match(data["[c]/x1"]));
        Assert.Empty(FilePattern.Match(data["none/*"]));
        Assert.Empty(FilePattern.Match(data["none"]));
    }
}
