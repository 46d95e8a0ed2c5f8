using Engine.Graphs;

namespace Engine.Variables;

/// <summary>TensorFlow's initializers of variables.</summary>
public static class Initializers
{
    /// <summary>Zeros, false or empty strings.</summary>
    public static Initializer Zeros { get; } = new FilledInitializer("zeros", 0);

    /// <summary>Ones.</summary>
    public static Initializer Ones { get; } = new FilledInitializer("ones", 1);

    /// <summary>Uniform within ±sqrt(6 / (inputs + outputs)); the default of float variables.</summary>
    public static Initializer GlorotUniform(long? seed = null) => VarianceScaling(1, FanMode.Average, RandomDistribution.Uniform, seed);

    /// <summary>Normal, cut at two standard deviations, of variance 2 / (inputs + outputs).</summary>
    public static Initializer GlorotNormal(long? seed = null) => VarianceScaling(1, FanMode.Average, RandomDistribution.TruncatedNormal, seed);

    /// <summary>A number everywhere.</summary>
    public static Initializer Constant(double value) => new FilledInitializer("Const", value);

    /// <summary>These values; they decide shape and type of the variable. The tensor is shared, not copied.</summary>
    public static Initializer Constant(Tensor value) => new TensorInitializer(value);

    /// <summary>Uniform in [<paramref name="min"/>, <paramref name="max"/>).</summary>
    public static Initializer RandomUniform(double min = -0.05, double max = 0.05, long? seed = null)
        => new RandomInitializer(RandomDistribution.Uniform, min, max, seed);

    /// <summary>Normal.</summary>
    public static Initializer RandomNormal(double mean = 0, double standardDeviation = 1, long? seed = null)
        => new RandomInitializer(RandomDistribution.Normal, mean, standardDeviation, seed);

    /// <summary>Normal, values further than two standard deviations drawn again.</summary>
    public static Initializer TruncatedNormal(double mean = 0, double standardDeviation = 1, long? seed = null)
        => new RandomInitializer(RandomDistribution.TruncatedNormal, mean, standardDeviation, seed);

    /// <summary>Random with a variance of <paramref name="scale"/> over the number of connections.</summary>
    public static Initializer VarianceScaling(double scale = 1, FanMode mode = FanMode.Input,
        RandomDistribution distribution = RandomDistribution.TruncatedNormal, long? seed = null)
        => new VarianceScalingInitializer(scale, mode, distribution, seed);
}
