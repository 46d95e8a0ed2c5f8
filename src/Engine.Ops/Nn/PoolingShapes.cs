using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Ops.Pooling;

namespace Engine.Ops.Nn;

/// <summary>From the shape of images and a window to the sizes of their pooling, with TensorFlow's refusals.</summary>
internal static class PoolingShapes
{
    /// <summary>
    /// The geometry of a pooling. A window over channels instead of pixels becomes one over the width of images of one channel: to the
    /// kernels, channels of a pixel are then pixels of a line.
    /// </summary>
    public static PoolingGeometry Create(WindowAttributes attributes, Shape images, out Shape output)
    {
        if (images.Rank != attributes.Rank)
            throw EngineException.InvalidArgument($"tensor_in must be {attributes.Rank}-dimensional: {images}");
        long[] sizes = attributes.Sizes!;
        int c = attributes.ChannelDimension;
        WindowDimension[] windows = attributes.Windows(images);
        if (sizes[c] == 1)
        {
            long[] spatial = Array.ConvertAll(windows, window => window.Output);
            output = attributes.Images(images[0], spatial, images[c]);
            return new PoolingGeometry(images[0], windows, images[c]);
        }

        CheckDepthwise(attributes, images);
        long groups = images[c] / sizes[c];
        output = images.With(c, groups);
        WindowDimension channels = WindowDimension.Create(images[c], sizes[c], sizes[c], 1, PaddingScheme.Valid);
        return new PoolingGeometry(images.CountOf(0, images.Rank - 1), [channels], 1);
    }

    /// <summary>Refuses windows that no kernel has: over the batch, over channels and pixels at once, of no size.</summary>
    public static void Check(WindowAttributes attributes, Node node, bool depthwise)
    {
        long[] sizes = attributes.Sizes!;
        int c = attributes.ChannelDimension;
        if (sizes[0] != 1 || attributes.Strides[0] != 1)
            throw EngineException.Unimplemented("Pooling is not yet supported on the batch dimension.").At(node.Name, node.Op);
        if (!depthwise && (sizes[c] != 1 || attributes.Strides[c] != 1))
            throw EngineException.Unimplemented("Pooling is not yet supported on the depth dimension.").At(node.Name, node.Op);
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] <= 0)
                throw EngineException.InvalidArgument($"Sliding window ksize for dimension {i} must be positive, not {sizes[i]}").At(node.Name, node.Op);
            if (attributes.Strides[i] <= 0)
                throw EngineException.InvalidArgument($"Sliding window stride for dimension {i} must be positive, not {attributes.Strides[i]}").At(node.Name, node.Op);
        }
    }

    /// <summary>The output's shape as far as it follows from what is known of the images.</summary>
    public static void Infer(InferenceContext c, WindowAttributes attributes)
    {
        PartialShape images = c.Input(0, attributes.Rank);
        var spatial = new long[attributes.SpatialRank];
        for (int i = 0; i < spatial.Length; i++)
        {
            int d = attributes.SpatialDimension(i);
            spatial[i] = attributes.Output(i, images[d], attributes.Sizes![d]);
        }

        int channel = attributes.ChannelDimension;
        long channels = images[channel], size = attributes.Sizes![channel];
        if (size != 1 && channels >= 0)
            channels = size > 0 && attributes.Strides[channel] > 0 ? channels / attributes.Strides[channel] : -1;
        c.SetOutput(0, attributes.PartialImages(images[0], spatial, channels));
    }

    private static void CheckDepthwise(WindowAttributes attributes, Shape images)
    {
        long[] sizes = attributes.Sizes!;
        int c = attributes.ChannelDimension;
        for (int i = 0; i < attributes.SpatialRank; i++)
        {
            if (sizes[attributes.SpatialDimension(i)] != 1)
                throw EngineException.Unimplemented("MaxPooling supports exactly one of pooling across depth or pooling across width/height.");
        }

        if (attributes.ChannelsFirst)
            throw EngineException.Unimplemented("Depthwise max pooling is only supported for images with their channels last.");
        if (images[c] % sizes[c] != 0)
            throw EngineException.Unimplemented("Depthwise max pooling requires the depth window to evenly divide the input depth.");
        if (sizes[c] != attributes.Strides[c])
            throw EngineException.Unimplemented("Depthwise max pooling requires the depth window to equal the depth stride.");
    }
}
