using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Random values whose variance depends on the number of connections, read off the shape of the whole variable.</summary>
internal sealed class VarianceScalingInitializer(double scale, FanMode mode, RandomDistribution distribution, long? seed) : Initializer
{
    /// <summary>The standard deviation of a standard normal variable cut at ±2.</summary>
    private const double TruncatedDeviation = .87962566103423978;

    public override Value Build(InitializerTarget target)
    {
        var (inputs, outputs) = Fans(target.FullShape);
        var n = Math.Max(1, mode switch { FanMode.Input => inputs, FanMode.Output => outputs, _ => (inputs + outputs) / 2 });
        var variance = scale / n;
        return (distribution switch
        {
            RandomDistribution.Uniform => new RandomInitializer(distribution, -Math.Sqrt(3 * variance), Math.Sqrt(3 * variance), seed),
            RandomDistribution.Normal => new RandomInitializer(distribution, 0, Math.Sqrt(variance), seed),
            _ => new RandomInitializer(distribution, 0, Math.Sqrt(variance) / TruncatedDeviation, seed),
        }).Build(target);
    }

    // The last two dimensions are inputs and outputs; those before are a filter's window.
    private static (double Inputs, double Outputs) Fans(Shape shape) => shape.Rank switch
    {
        0 => (1, 1),
        1 => (shape[0], shape[0]),
        _ => (shape.CountOf(0, shape.Rank - 2) * (double)shape[-2], shape.CountOf(0, shape.Rank - 2) * (double)shape[-1]),
    };
}
