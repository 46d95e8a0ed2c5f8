using Engine.Graphs;
using Engine.Ops.Convolution;

namespace Engine.Ops.Nn;

/// <summary>
/// The attributes of an op that slides a window over images: strides, dilations or window sizes, one number a dimension, paddings and
/// the place of the channels.
/// </summary>
internal sealed class WindowAttributes
{
    private readonly long[] _before;
    private readonly long[] _after;

    /// <summary>Reads the attributes of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="spatialRank">Spatial dimensions: 2 or 3.</param>
    /// <param name="strides">Strides over all dimensions; the node's attribute if null.</param>
    /// <param name="sizes">Window sizes over all dimensions; the node's attribute <c>ksize</c>, if it has one, when null.</param>
    public WindowAttributes(Node node, int spatialRank, long[]? strides = null, long[]? sizes = null)
    {
        SpatialRank = spatialRank;
        string format = node.Attrs.TryGetValue("data_format", out AttrValue? text) ? text.AsString() : "";
        ChannelsFirst = format.StartsWith("NC", StringComparison.Ordinal);
        if (format == "NCHW_VECT_C")
            throw EngineException.InvalidArgument("The data format NCHW_VECT_C is not supported on CPU").At(node.Name, node.Op);
        Strides = CheckLength(strides ?? node.Attr("strides").AsInts(), "Sliding window strides", node);
        Sizes = sizes ?? (node.Attrs.TryGetValue("ksize", out AttrValue? ksize) ? ksize.AsInts() : null);
        if (Sizes is not null)
            CheckLength(Sizes, "Sliding window ksize", node);
        string rates = node.Attrs.ContainsKey("rates") ? "rates" : "dilations";
        Dilations = node.Attrs.TryGetValue(rates, out AttrValue? dilations)
            ? CheckLength(dilations.AsInts(), rates == "rates" ? "Rates" : "Dilation rates", node)
            : [.. Enumerable.Repeat(1L, spatialRank + 2)];
        Padding = node.Attr("padding").AsString() switch
        {
            "VALID" => PaddingScheme.Valid,
            "SAME" => PaddingScheme.Same,
            _ => PaddingScheme.Explicit,
        };
        (_before, _after) = ReadPaddings(node);
    }

    /// <summary>Number of spatial dimensions.</summary>
    public int SpatialRank { get; }

    /// <summary>Number of dimensions of an image stack.</summary>
    public int Rank => SpatialRank + 2;

    /// <summary>Whether the channels come before the spatial dimensions.</summary>
    public bool ChannelsFirst { get; }

    /// <summary>Strides over all dimensions, in the order of the data format.</summary>
    public long[] Strides { get; }

    /// <summary>Dilations over all dimensions.</summary>
    public long[] Dilations { get; }

    /// <summary>Window sizes over all dimensions; null for ops with a filter.</summary>
    public long[]? Sizes { get; }

    /// <summary>How borders are treated.</summary>
    public PaddingScheme Padding { get; }

    /// <summary>The dimension of the channels.</summary>
    public int ChannelDimension => ChannelsFirst ? 1 : Rank - 1;

    /// <summary>The dimension of a spatial index.</summary>
    public int SpatialDimension(int index) => index + (ChannelsFirst ? 2 : 1);

    /// <summary>The window along a spatial dimension.</summary>
    public WindowDimension Window(int index, long input, long filter)
    {
        int d = SpatialDimension(index);
        return WindowDimension.Create(input, filter, Strides[d], Dilations[d], Padding, _before[index], _after[index]);
    }

    /// <summary>The windows along the spatial dimensions of images of shape <paramref name="images"/>, of the sizes of the attributes.</summary>
    public WindowDimension[] Windows(Shape images)
    {
        var windows = new WindowDimension[SpatialRank];
        for (int i = 0; i < windows.Length; i++)
            windows[i] = Window(i, images[SpatialDimension(i)], Sizes![SpatialDimension(i)]);
        return windows;
    }

    /// <summary>Output positions along a spatial dimension; -1 if a size is not known.</summary>
    public long Output(int index, long input, long filter) => input < 0 || filter < 0 ? -1 : Window(index, input, filter).Output;

    /// <summary>Refuses strides over the batch or channels, and dilations there, which no kernel has.</summary>
    public void CheckOuterDimensions(Node node)
    {
        if (Strides[0] != 1 || Strides[ChannelDimension] != 1)
            throw Unsupported(node, "Current implementation does not yet support strides in the batch and depth dimensions.");
        if (Dilations[0] != 1 || Dilations[ChannelDimension] != 1)
            throw Unsupported(node, "Current implementation does not yet support dilations in the batch and depth dimensions.");
        for (int i = 0; i < SpatialRank; i++)
        {
            int d = SpatialDimension(i);
            if (Strides[d] <= 0)
                throw EngineException.InvalidArgument("Spatial strides should be larger than 0.").At(node.Name, node.Op);
            if (Dilations[d] <= 0)
                throw EngineException.InvalidArgument("Dilated rates should be larger than 0.").At(node.Name, node.Op);
        }
    }

    /// <summary>The shape of an image stack.</summary>
    public Shape Images(long batch, ReadOnlySpan<long> spatial, long channels)
        => ChannelsFirst ? new Shape([batch, channels, .. spatial]) : new Shape([batch, .. spatial, channels]);

    /// <summary>The partial shape of an image stack.</summary>
    public PartialShape PartialImages(long batch, ReadOnlySpan<long> spatial, long channels)
        => ChannelsFirst ? new PartialShape([batch, channels, .. spatial]) : new PartialShape([batch, .. spatial, channels]);

    // TensorFlow's code differs between images and volumes.
    private EngineException Unsupported(Node node, string message)
        => (SpatialRank == 2 ? EngineException.Unimplemented(message) : EngineException.InvalidArgument(message)).At(node.Name, node.Op);

    private long[] CheckLength(long[] numbers, string what, Node node)
        => numbers.Length == Rank
            ? numbers
            : throw EngineException.InvalidArgument($"{what} field must specify {Rank} dimensions").At(node.Name, node.Op);

    private (long[] Before, long[] After) ReadPaddings(Node node)
    {
        long[] numbers = node.Attrs.TryGetValue("explicit_paddings", out AttrValue? paddings) ? paddings.AsInts() : [];
        var before = new long[SpatialRank];
        var after = new long[SpatialRank];
        if (Padding != PaddingScheme.Explicit)
        {
            if (numbers.Length > 0)
                throw EngineException.InvalidArgument("explicit_paddings attribute must be empty if the padding attribute is not EXPLICIT").At(node.Name, node.Op);
            return (before, after);
        }

        if (numbers.Length != 2 * Rank)
            throw EngineException.InvalidArgument($"explicit_paddings attribute must contain {2 * Rank} values, but got: {numbers.Length}").At(node.Name, node.Op);
        if (Array.Exists(numbers, n => n < 0))
            throw EngineException.InvalidArgument("All elements of explicit_paddings must be nonnegative").At(node.Name, node.Op);
        if (numbers[0] != 0 || numbers[1] != 0 || numbers[2 * ChannelDimension] != 0 || numbers[(2 * ChannelDimension) + 1] != 0)
            throw EngineException.InvalidArgument("Nonzero explicit padding in the batch or depth dimensions is not supported").At(node.Name, node.Op);
        for (int i = 0; i < SpatialRank; i++)
        {
            before[i] = numbers[2 * SpatialDimension(i)];
            after[i] = numbers[(2 * SpatialDimension(i)) + 1];
        }

        return (before, after);
    }
}
