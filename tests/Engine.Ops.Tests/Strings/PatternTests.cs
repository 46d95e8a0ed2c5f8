using System.Diagnostics;
using System.Text;
using Engine.Ops.Strings.RegularExpressions;

namespace Engine.Ops.Tests.Strings;

public class PatternTests
{
    [Fact]
    public void NestedRepetitionsTakeLinearTime()
    {
        byte[] text = Encoding.ASCII.GetBytes(new string('a', 20_000) + "!");
        var result = new bool[1];
        var watch = Stopwatch.StartNew();
        Pattern.Of("(a*)*(a|aa)+b"u8.ToArray()).FullMatch([text], result);
        Assert.False(result[0]);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("(a+)(b?)", "<\\2\\1>", "xaab a", "x<baa> <a>")]
    [InlineData("(?i)STRASSE|ſ", "*", "Strasse s", "* *")]
    [InlineData("\\b", "|", "a bc", "|a| |bc|")]
    [InlineData("\\p{Greek}+", "g", "aλμb", "agb")]
    [InlineData("(?m)^.", "-", "ab\ncd", "-b\n-d")]
    [InlineData("a{2,3}?", "_", "aaaaa", "__a")]
    public void Replaces(string pattern, string rewrite, string text, string expected)
    {
        var result = new byte[1][];
        Pattern.Of(Encoding.UTF8.GetBytes(pattern)).Replace([Encoding.UTF8.GetBytes(text)], new Rewrite(Encoding.UTF8.GetBytes(rewrite)), isGlobal: true, result);
        Assert.Equal(expected, Encoding.UTF8.GetString(result[0]));
    }

    [Fact]
    public void AnyByteLooksIntoCharacters()
    {
        var result = new bool[3];
        Pattern.Of("\\C\\Cz"u8.ToArray()).FullMatch(["éz"u8.ToArray(), "abz"u8.ToArray(), "日z"u8.ToArray()], result);
        Assert.Equal([true, true, false], result);
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(a)\\1")]
    [InlineData("a**")]
    [InlineData("a{1001}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("[b-a]")]
    [InlineData("(?P<n>a)(?P<n>b)")]
    public void RefusesWhatRe2Refuses(string pattern)
        => Assert.Equal(StatusCode.InvalidArgument, Assert.Throws<EngineException>(() => Pattern.Of(Encoding.UTF8.GetBytes(pattern))).Code);
}
