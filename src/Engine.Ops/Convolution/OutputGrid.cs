namespace Engine.Ops.Convolution;

/// <summary>Where the results of a convolution go, in elements: a dense image stack, or every so many pixels of one.</summary>
/// <param name="First">Place of the first result.</param>
/// <param name="Image">Distance of images.</param>
/// <param name="Plane">Distance of planes.</param>
/// <param name="Line">Distance of lines.</param>
/// <param name="Pixel">Distance of pixels.</param>
internal readonly record struct OutputGrid(long First, long Image, long Plane, long Line, long Pixel)
{
    /// <summary>Results that follow one another.</summary>
    public static OutputGrid Dense(ConvolutionGeometry g)
    {
        long line = g.Width.Output * g.OutputChannels, plane = g.Height.Output * line;
        return new(0, g.Depth.Output * plane, plane, line, g.OutputChannels);
    }

    /// <summary>Whether the results of so many images follow one another.</summary>
    public bool IsDense(long images, long planes, long lines, long columns)
        => (lines * planes == 1 || Line == columns * Pixel) && (planes == 1 || Plane == lines * Line) && (images == 1 || Image == columns * lines * planes * Pixel);
}
