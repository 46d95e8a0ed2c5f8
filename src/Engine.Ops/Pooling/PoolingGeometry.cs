using Engine.Ops.Convolution;

namespace Engine.Ops.Pooling;

/// <summary>The sizes of a pooling over one to three spatial dimensions, channels last. Fewer dimensions are the last of three.</summary>
internal sealed class PoolingGeometry
{
    /// <summary>Describes a pooling.</summary>
    /// <param name="batch">Images.</param>
    /// <param name="spatial">The window along each dimension, outermost first; 1 to 3, without dilation.</param>
    /// <param name="channels">Channels.</param>
    /// <exception cref="EngineException">INVALID_ARGUMENT: A size is negative or a tensor would have more than 2^63 elements.</exception>
    public PoolingGeometry(long batch, ReadOnlySpan<WindowDimension> spatial, long channels)
    {
        if (spatial.Length is < 1 or > 3)
            throw EngineException.InvalidArgument($"A pooling has 1 to 3 spatial dimensions, not {spatial.Length}");
        if (batch < 0 || channels < 0)
            throw EngineException.InvalidArgument("Sizes must not be negative");
        Batch = batch;
        Width = spatial[^1];
        Height = spatial.Length > 1 ? spatial[^2] : WindowDimension.Single;
        Depth = spatial.Length > 2 ? spatial[^3] : WindowDimension.Single;
        Channels = channels;
        try
        {
            InputCount = checked(batch * Depth.Input * Height.Input * Width.Input * channels);
            OutputCount = checked(batch * Depth.Output * Height.Output * Width.Output * channels);
        }
        catch (OverflowException)
        {
            throw EngineException.InvalidArgument("The tensors of this pooling have too many elements");
        }
    }

    public long Batch { get; }

    public WindowDimension Depth { get; }

    public WindowDimension Height { get; }

    public WindowDimension Width { get; }

    public long Channels { get; }

    public long InputCount { get; }

    public long OutputCount { get; }

    /// <summary>Pixels of an output image.</summary>
    public long OutputPixels => Depth.Output * Height.Output * Width.Output;

    /// <summary>The part of the input under the window of an output pixel, counted over all images.</summary>
    public PoolingWindow Window(long outputPixel)
    {
        long x = outputPixel % Width.Output;
        outputPixel /= Width.Output;
        long y = outputPixel % Height.Output;
        outputPixel /= Height.Output;
        long z = outputPixel % Depth.Output;
        long image = outputPixel / Depth.Output;
        (long z0, long z1) = Range(Depth, z);
        (long y0, long y1) = Range(Height, y);
        (long x0, long x1) = Range(Width, x);
        return new PoolingWindow(image * Depth.Input, z0, z1, y0, y1, x0, x1, Height.Input, Width.Input);
    }

    /// <summary>The elements of a dimension under the window at a position.</summary>
    public static (long First, long End) Range(in WindowDimension d, long position)
    {
        long start = (position * d.Stride) - d.Before;
        long end = Math.Min(start + d.Filter, d.Input);
        start = Math.Max(0, start);
        return (start, Math.Max(start, end));
    }
}
