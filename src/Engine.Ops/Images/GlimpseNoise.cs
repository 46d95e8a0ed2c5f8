namespace Engine.Ops.Images;

/// <summary>What a glimpse shows beyond the edges of its image.</summary>
internal enum GlimpseNoise
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>Values drawn evenly between the smallest and the largest of the image's channel.</summary>
    Uniform,

    /// <summary>Values drawn from a normal distribution with the mean and deviation of the image's channel.</summary>
    Gaussian,
}
