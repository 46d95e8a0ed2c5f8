using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Random values: uniform between two numbers, or normal with mean and standard deviation.</summary>
internal sealed class RandomInitializer(RandomDistribution distribution, double first, double second, long? seed) : Initializer
{
    public override Value Build(InitializerTarget target)
    {
        var (scope, op) = distribution switch
        {
            RandomDistribution.Uniform => ("random_uniform", "RandomUniform"),
            RandomDistribution.Normal => ("random_normal", "RandomStandardNormal"),
            _ => ("truncated_normal", "TruncatedNormal"),
        };
        using (target.Graph.NameScope(scope))
            return distribution == RandomDistribution.Uniform ? Uniform(target, op) : Normal(target, op);
    }

    private Value Uniform(InitializerTarget target, string op)
    {
        var shape = target.ShapeConstant("shape");
        var min = target.Constant(ScalarTensors.Make(first, target.Type), "min");
        var max = target.Constant(ScalarTensors.Make(second, target.Type), "max");
        if (target.Type.IsInteger())
            return Seeded(target.NewNode("RandomUniformInt", target.Graph.Scope).Input(shape).Input(min).Input(max), target).Build()[0];
        var random = Draw(target, op, shape);
        var range = target.NewNode("Sub", "sub").Input(max).Input(min).Build()[0];
        var scaled = target.NewNode("Mul", "mul").Input(random).Input(range).Build()[0];
        return target.NewNode("AddV2", target.Graph.Scope).Input(scaled).Input(min).Build()[0];
    }

    private Value Normal(InitializerTarget target, string op)
    {
        var shape = target.ShapeConstant("shape");
        var mean = target.Constant(ScalarTensors.Make(first, target.Type), "mean");
        var deviation = target.Constant(ScalarTensors.Make(second, target.Type), "stddev");
        var random = Draw(target, op, shape);
        var scaled = target.NewNode("Mul", "mul").Input(random).Input(deviation).Build()[0];
        return target.NewNode("AddV2", target.Graph.Scope).Input(scaled).Input(mean).Build()[0];
    }

    private Value Draw(InitializerTarget target, string op, Value shape)
        => Seeded(target.NewNode(op).Input(shape).Attr("dtype", target.Type), target).Build()[0];

    private NodeBuilder Seeded(NodeBuilder node, InitializerTarget target)
    {
        var (seed1, seed2) = GraphSeeds.Of(target.Graph, seed);
        return node.Attr("seed", seed1).Attr("seed2", seed2);
    }
}
