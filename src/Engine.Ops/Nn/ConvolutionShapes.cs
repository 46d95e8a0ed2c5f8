using Engine.OpModel;
using Engine.Ops.Convolution;

namespace Engine.Ops.Nn;

/// <summary>From the shapes of images and filters to the sizes of their convolution, with TensorFlow's refusals.</summary>
internal static class ConvolutionShapes
{
    /// <summary>The geometry of a convolution of images with a filter.</summary>
    /// <param name="attributes">Strides, dilations, paddings, data format.</param>
    /// <param name="images">The input's shape.</param>
    /// <param name="filter">The filter's shape: spatial sizes, input channels, output channels (depthwise: the multiplier).</param>
    /// <param name="depthwise">Whether each input channel has filters of its own.</param>
    public static ConvolutionGeometry Create(WindowAttributes attributes, Shape images, Shape filter, bool depthwise)
    {
        if (images.Rank != attributes.Rank)
            throw EngineException.InvalidArgument($"input must be {attributes.Rank}-dimensional: {images}");
        if (filter.Rank != attributes.Rank)
            throw EngineException.InvalidArgument($"filter must be {attributes.Rank}-dimensional: {filter}");
        long channels = images[attributes.ChannelDimension], filterChannels = filter[-2], outputs = filter[-1];
        if (depthwise && channels != filterChannels)
            throw EngineException.InvalidArgument($"input and filter must have the same depth: {channels} vs {filterChannels}");
        if (filter.CountOf(0, filter.Rank - 1) == 0)
            throw EngineException.InvalidArgument($"filter must not have zero elements (i.e. its sizes and channels must be non-zero): {filter}");
        if (depthwise)
        {
            outputs = new Shape(filterChannels, outputs).Count;
            filterChannels = 1;
        }

        var windows = new WindowDimension[attributes.SpatialRank];
        for (int i = 0; i < windows.Length; i++)
            windows[i] = attributes.Window(i, images[attributes.SpatialDimension(i)], filter[i]);
        return new ConvolutionGeometry(images[0], windows, channels, filterChannels, outputs);
    }

    /// <summary>The shape of the output.</summary>
    public static Shape Output(WindowAttributes attributes, ConvolutionGeometry g)
    {
        ReadOnlySpan<long> spatial = [g.Depth.Output, g.Height.Output, g.Width.Output];
        return attributes.Images(g.Batch, spatial[(3 - attributes.SpatialRank)..], g.OutputChannels);
    }

    /// <summary>Refuses an output gradient that is not of the output's shape.</summary>
    public static void CheckGradient(WindowAttributes attributes, ConvolutionGeometry g, Shape gradient)
    {
        Shape expected = Output(attributes, g);
        if (!expected.Equals(gradient))
            throw EngineException.InvalidArgument($"out_backprop must have the shape of the convolution's output, {expected}, but has {gradient}");
    }

    /// <summary>The output's shape as far as it follows from what is known of the inputs.</summary>
    public static void InferForward(InferenceContext c, int spatialRank, bool depthwise)
    {
        PartialShape images = c.Input(0, spatialRank + 2), filter = c.Input(1, spatialRank + 2);
        var attributes = new WindowAttributes(c.Node, spatialRank);
        attributes.CheckOuterDimensions(c.Node);
        long channels = images[attributes.ChannelDimension], filterChannels = filter[-2], outputs = filter[-1];
        if (depthwise)
        {
            if (channels >= 0 && filterChannels >= 0 && channels != filterChannels)
                throw c.Fail($"Dimensions must be equal, but are {channels} and {filterChannels}");
            filterChannels = channels >= 0 ? channels : filterChannels;
            outputs = filterChannels < 0 || outputs < 0 ? -1 : new Shape(filterChannels, outputs).Count;
        }
        else if (channels > 0 && filterChannels >= 0)
        {
            CheckGroups(c, channels, filterChannels, outputs);
        }

        var spatial = new long[spatialRank];
        for (int i = 0; i < spatialRank; i++)
            spatial[i] = attributes.Output(i, images[attributes.SpatialDimension(i)], filter[i]);
        c.SetOutput(0, attributes.PartialImages(images[0], spatial, outputs));
    }

    private static void CheckGroups(InferenceContext c, long channels, long filterChannels, long outputs)
    {
        if (filterChannels == 0)
            throw c.Fail("Depth of filter must not be 0");
        if (channels % filterChannels != 0)
            throw c.Fail($"Depth of input ({channels}) is not a multiple of input depth of filter ({filterChannels})");
        long groups = channels / filterChannels;
        if (outputs > 0 && outputs % groups != 0)
            throw c.Fail($"Depth of output ({outputs}) is not a multiple of the number of groups ({groups})");
    }
}
