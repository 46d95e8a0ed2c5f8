using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Tests;

/// <summary>A handful of ops for tests of what stands above ops: shape functions and gradients are real, kernels are not.</summary>
internal sealed class TestOps : IOpCatalog
{
    private readonly Dictionary<string, OpImplementation> ops = [];

    internal TestOps()
    {
        Add("Placeholder", c => c.SetOutput(0, c.Attr("shape").AsShape()));
        Add("Const", c => c.SetOutput(0, c.Attr("value").AsTensor().Shape));
        Add("_Arg");
        Add("Identity", c => c.SetOutput(0, c.Input(0)), g => [g.OutputGradient(0)]);
        Add("Neg", c => c.SetOutput(0, c.Input(0)), g => [g.Neg(g.OutputGradient(0))]);
        Add("AddV2", c => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1))), g => [g.OutputGradient(0), g.OutputGradient(0)]);
        Add("Mul", c => c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1))), g => [g.OutputGradient(0) * g.Input(1), g.OutputGradient(0) * g.Input(0)]);
        Add("MatMul", c => c.SetOutput(0, new PartialShape(c.Input(0, 2)[0], c.Input(1, 2)[1])));
        Add("Reshape", c => c.SetOutput(0, c.InputAsShape(1)));
        Add("Split", c => c.SetOutputs(PartialShape.OfRank(c.Input(1).Rank)), g => [null, g.ConcatV2([g.OutputGradient(0), g.OutputGradient(1)], g.Input(0))]);
        Add("GatherV2", gradient: g => [Gradient.Slices(g.OutputGradient(0), g.Input(1), g.Shape(g.Input(0), DType.Int64)), null, null]);
    }

    internal static TestOps Catalog { get; } = new();

    internal static OpRegistry Registry { get; } = new(Catalog);

    public IReadOnlyList<string> Names => [.. ops.Keys];

    public OpImplementation? Find(string op) => ops.GetValueOrDefault(op);

    internal static OpImplementation Make(string name, Action<InferenceContext>? inferShapes = null, Func<GradientContext, Gradient?[]>? gradient = null)
        => new(name, inferShapes ?? (_ => { }), node => throw node.NoKernel(), gradient);

    private void Add(string name, Action<InferenceContext>? inferShapes = null, Func<GradientContext, Gradient?[]>? gradient = null)
        => ops.Add(name, Make(name, inferShapes, gradient));
}
