using Engine.Conformance.Running;
using Engine.Conformance.Work;

namespace Engine.Golden.Tests.Running;

public sealed class KnownFailuresTests : IDisposable
{
    private static readonly Result[] Results =
    [
        new("f/Passes/1", new Verdict { Kind = Kind.Passed }),
        new("f/Fails/1", new Verdict { Kind = Kind.WrongValue, Op = "Fails", Message = "differs" }),
    ];

    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void What_fails_as_listed_is_no_difference() => Assert.Empty(Read("f/Fails/1\twhy", "# a remark", "f/Other/1\tnot run").Compare(Mode.Cases, Results));

    [Fact]
    public void Unlisted_failures_and_stale_entries_are_differences()
        => Assert.Equal(["passes but is listed as failing: f/Passes/1", "fails and is not listed: f/Fails/1: wrong-value, Fails: differs"],
            Read("f/Passes/1\twhy").Compare(Mode.Cases, Results));

    [Fact]
    public void Gradients_have_entries_of_their_own()
    {
        Assert.Empty(Read("f/Fails/1#gradients\twhy").Compare(Mode.Gradients, Results));
        Assert.Single(Read("f/Fails/1\twhy").Compare(Mode.Gradients, Results));
    }

    [Fact]
    public void An_update_keeps_reasons()
    {
        var known = Read("f/Fails/1\twhy", "f/Passes/1\tonce", "f/Other/1\tnot run");
        known.Update(Mode.Cases, Results);
        known.Update(Mode.Gradients, Results);
        known.Write(path);
        Assert.Equal(["f/Fails/1\twhy", "f/Fails/1#gradients\twrong-value: differs", "f/Other/1\tnot run"], File.ReadAllLines(path));
    }

    [Theory]
    [InlineData("f/Fails/1")]
    [InlineData("f/Fails/1\t ")]
    public void A_reason_must_be_given(string line) => Assert.Throws<InvalidDataException>(() => Read(line));

    [Fact]
    public void A_case_is_listed_once() => Assert.Throws<InvalidDataException>(() => Read("a/b\tx", "a/b\ty"));

    public void Dispose() => File.Delete(path);

    private KnownFailures Read(params string[] lines)
    {
        File.WriteAllLines(path, lines);
        return KnownFailures.Read(path);
    }
}
