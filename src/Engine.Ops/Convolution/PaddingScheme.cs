namespace Engine.Ops.Convolution;

/// <summary>How a window operation treats the border of its input.</summary>
internal enum PaddingScheme
{
    /// <summary>Windows lie inside the input.</summary>
    Valid,

    /// <summary>As many windows as input elements divided by the stride; padding on both sides, the odd element after.</summary>
    Same,

    /// <summary>The paddings are given.</summary>
    Explicit,
}
