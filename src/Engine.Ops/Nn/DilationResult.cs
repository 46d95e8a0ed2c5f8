namespace Engine.Ops.Nn;

/// <summary>What a dilation kernel computes.</summary>
internal enum DilationResult
{
    /// <summary>The dilation.</summary>
    Output,

    /// <summary>The gradient of the images.</summary>
    InputGradient,

    /// <summary>The gradient of the filter.</summary>
    FilterGradient,
}
