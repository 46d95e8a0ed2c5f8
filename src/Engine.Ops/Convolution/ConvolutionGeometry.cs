namespace Engine.Ops.Convolution;

/// <summary>
/// The sizes of a convolution over one to three spatial dimensions. Fewer dimensions are the last of three. Tensors lie in memory
/// with channels last: input [batch, depth, height, width, channels], filter [depth, height, width, channels of a group, output channels].
/// </summary>
internal sealed class ConvolutionGeometry
{
    /// <summary>Describes a convolution.</summary>
    /// <param name="batch">Images.</param>
    /// <param name="spatial">The window along each dimension, outermost first; 1 to 3.</param>
    /// <param name="inputChannels">Channels of the input.</param>
    /// <param name="filterChannels">Input channels of the filter, which divide those of the input: their quotient is the number of groups.</param>
    /// <param name="outputChannels">Channels of the output, over all groups.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT: Sizes do not fit together, or a tensor would have more than 2^63 elements.</exception>
    public ConvolutionGeometry(
        long batch, ReadOnlySpan<WindowDimension> spatial, long inputChannels, long filterChannels, long outputChannels)
    {
        if (spatial.Length is < 1 or > 3)
            throw EngineException.InvalidArgument($"A convolution has 1 to 3 spatial dimensions, not {spatial.Length}");
        if (batch < 0 || inputChannels < 0 || outputChannels < 0)
            throw EngineException.InvalidArgument("Sizes must not be negative");
        if (filterChannels <= 0 || inputChannels % filterChannels != 0)
            throw EngineException.InvalidArgument($"input depth must be evenly divisible by filter depth: {inputChannels} vs {filterChannels}");
        Groups = inputChannels == 0 ? 1 : inputChannels / filterChannels;
        if (outputChannels % Groups != 0)
            throw EngineException.InvalidArgument($"output depth must be evenly divisible by number of groups: {outputChannels} vs {Groups}");
        Batch = batch;
        Width = spatial[^1];
        Height = spatial.Length > 1 ? spatial[^2] : WindowDimension.Single;
        Depth = spatial.Length > 2 ? spatial[^3] : WindowDimension.Single;
        InputChannels = inputChannels;
        GroupInputChannels = filterChannels;
        OutputChannels = outputChannels;
        GroupOutputChannels = outputChannels / Groups;
        try
        {
            Taps = checked(Depth.Filter * Height.Filter * Width.Filter);
            InputPixels = checked(Depth.Input * Height.Input * Width.Input);
            OutputPixels = checked(Depth.Output * Height.Output * Width.Output);
            InputCount = checked(batch * InputPixels * inputChannels);
            OutputCount = checked(batch * OutputPixels * outputChannels);
            FilterCount = checked(Taps * filterChannels * outputChannels);
        }
        catch (OverflowException)
        {
            throw EngineException.InvalidArgument("The tensors of this convolution have too many elements");
        }
    }

    public long Batch { get; }

    public WindowDimension Depth { get; }

    public WindowDimension Height { get; }

    public WindowDimension Width { get; }

    public long InputChannels { get; }

    public long OutputChannels { get; }

    public long Groups { get; }

    public long GroupInputChannels { get; }

    public long GroupOutputChannels { get; }

    /// <summary>Elements of the window, channels aside.</summary>
    public long Taps { get; }

    /// <summary>Pixels of an input image.</summary>
    public long InputPixels { get; }

    /// <summary>Pixels of an output image.</summary>
    public long OutputPixels { get; }

    public long InputCount { get; }

    public long OutputCount { get; }

    public long FilterCount { get; }

    /// <summary>Whether each output pixel depends on the input pixel at its place alone.</summary>
    public bool IsPointwise => IsPoint(Depth) && IsPoint(Height) && IsPoint(Width);

    private static bool IsPoint(in WindowDimension d) => d.Filter == 1 && d.Stride == 1 && d.Before == 0 && d.After == 0;
}
