using Engine.OpModel;

namespace Engine.Tests.OpModel;

public class OpLineTests
{
    [Fact]
    public void CutsALineIntoPieces()
    {
        var op = OpLine.Parse("Op(a:ref T; b:N*ref U; c:list(V); d:ref list(V); e:int32) -> (y:N*float) {T:type in [int32,float] = float; U:type; N:int >= 2 = 3; V:list(type) >= 0; s:string in ['a','b'] = 'a'; t:string = '; \\t'} is_stateful is_commutative");
        Assert.Equal("Op", op.Name);
        Assert.Equal(new OpLine.Arg("a", "", "T", "", "", true), op.Inputs[0]);
        Assert.Equal(new OpLine.Arg("b", "", "U", "N", "", true), op.Inputs[1]);
        Assert.Equal(new OpLine.Arg("c", "", "", "", "V", false), op.Inputs[2]);
        Assert.Equal(new OpLine.Arg("d", "", "", "", "V", true), op.Inputs[3]);
        Assert.Equal(new OpLine.Arg("e", "int32", "", "", "", false), op.Inputs[4]);
        Assert.Equal(new OpLine.Arg("y", "float", "", "N", "", false), op.Outputs.Single());
        Assert.Equal(["int32", "float"], op.Attrs[0].Allowed);
        Assert.Equal("float", op.Attrs[0].Default);
        Assert.Equal(("2", "3"), (op.Attrs[2].Minimum, op.Attrs[2].Default));
        Assert.Equal(("0", null), (op.Attrs[3].Minimum, op.Attrs[3].Default));
        Assert.Equal("; \t", OpLine.Unquote(op.Attrs[5].Default!));
        Assert.Equal(["is_stateful", "is_commutative"], op.Flags);
    }

    [Fact]
    public void NothingAtAll()
    {
        var op = OpLine.Parse("NoOp() -> () {}");
        Assert.Empty(op.Inputs);
        Assert.Empty(op.Outputs);
        Assert.Empty(op.Attrs);
        Assert.Empty(op.Flags);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Op")]
    [InlineData("Op(x:T)")]
    [InlineData("Op(x:T) -> (y:T)")]
    [InlineData("Op(x) -> (y:T) {T:type}")]
    [InlineData("(x:T) -> (y:T) {T:type}")]
    public void RefusesWhatIsNoDefinition(string line) => Assert.Throws<FormatException>(() => OpLine.Parse(line));
}
