using Engine.OpModel;

namespace Engine.Tests.OpModel;

public class OpRegistryTests
{
    [Fact]
    public void TheFirstCatalogThatKnowsAnOpCounts()
    {
        var (first, second) = (new Catalog("A", "B"), new Catalog("B", "C"));
        var registry = new OpRegistry(first, second);
        Assert.Equal(["A", "B", "C"], registry.Names);
        Assert.Same(first.Ops["B"], registry.Find("B"));
        Assert.Same(second.Ops["C"], registry.Find("C"));
        Assert.Null(registry.Find("D"));
        Assert.Null(registry.Find(""));
    }

    [Fact]
    public void AnOpMayBringItsDefinition()
    {
        var op = TestOps.Make("Mine").WithDefinition("Mine(x:T) -> (y:T) {T:type}");
        Assert.Equal("x", op.Definition!.Inputs.Single().Name);
    }

    private sealed class Catalog(params string[] names) : IOpCatalog
    {
        internal Dictionary<string, OpImplementation> Ops { get; } = names.ToDictionary(n => n, n => TestOps.Make(n));

        public IReadOnlyList<string> Names => names;

        public OpImplementation? Find(string op) => Ops.GetValueOrDefault(op);
    }
}
