namespace Engine.Variables;

/// <summary>What random initial values are drawn from.</summary>
public enum RandomDistribution
{
    /// <summary>Uniform.</summary>
    Uniform,
    /// <summary>Normal.</summary>
    Normal,
    /// <summary>Normal, cut at two standard deviations.</summary>
    TruncatedNormal,
}
