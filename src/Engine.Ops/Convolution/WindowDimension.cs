namespace Engine.Ops.Convolution;

/// <summary>A window sliding along one dimension: sizes, paddings and how many positions it takes.</summary>
internal readonly record struct WindowDimension
{
    private WindowDimension(long input, long filter, long stride, long dilation, long before, long after, long output)
    {
        Input = input;
        Filter = filter;
        Stride = stride;
        Dilation = dilation;
        Before = before;
        After = after;
        Output = output;
    }

    /// <summary>A dimension in which nothing slides.</summary>
    public static WindowDimension Single { get; } = new(1, 1, 1, 1, 0, 0, 1);

    /// <summary>Elements of the input.</summary>
    public long Input { get; }

    /// <summary>Elements of the window.</summary>
    public long Filter { get; }

    /// <summary>Distance between window positions.</summary>
    public long Stride { get; }

    /// <summary>Distance between the elements of a window.</summary>
    public long Dilation { get; }

    /// <summary>Padding before the input.</summary>
    public long Before { get; }

    /// <summary>Padding after the input.</summary>
    public long After { get; }

    /// <summary>Window positions.</summary>
    public long Output { get; }

    /// <summary>Elements from the window's first to its last.</summary>
    public long Extent => ((Filter - 1) * Dilation) + 1;

    /// <summary>Computes the number of positions, and the paddings unless they are given.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT: A size is negative, a stride or dilation not positive, or the window larger than the input.</exception>
    public static WindowDimension Create(
        long input, long filter, long stride, long dilation, PaddingScheme padding, long before = 0, long after = 0)
    {
        const long Limit = int.MaxValue;
        if (stride is <= 0 or > Limit)
            throw EngineException.InvalidArgument($"Stride must be > 0, but got {stride}");
        if (dilation is < 1 or > Limit)
            throw EngineException.InvalidArgument($"Dilation rate must be >= 1, but got {dilation}");
        if (input < 0 || filter < 0 || filter > Limit)
            throw EngineException.InvalidArgument($"Sizes must not be negative: input {input}, filter {filter}");
        if (input > Limit * Limit || before > Limit || after > Limit)
            throw EngineException.InvalidArgument($"Sizes are too large: input {input}, paddings {before}, {after}");
        long extent = ((filter - 1) * dilation) + 1;
        long output;
        switch (padding)
        {
            case PaddingScheme.Same:
                output = (input + stride - 1) / stride;
                long needed = Math.Max(0, ((output - 1) * stride) + extent - input);
                before = needed / 2;
                after = needed - before;
                break;
            case PaddingScheme.Valid:
                before = after = 0;
                output = (input - extent + stride) / stride;
                break;
            default:
                if (before < 0 || after < 0)
                    throw EngineException.InvalidArgument($"Paddings must not be negative: {before}, {after}");
                output = (input + before + after - extent + stride) / stride;
                break;
        }

        if (output < 0)
        {
            throw EngineException.InvalidArgument(
                $"Computed output size would be negative: {output} [input_size: {input}, effective_filter_size: {extent}, stride: {stride}]");
        }

        return new WindowDimension(input, filter, stride, dilation, before, after, output);
    }

    /// <summary>A window that moves by one element and begins <paramref name="before"/> elements before the input, which may be negative.</summary>
    public static WindowDimension Sliding(long input, long filter, long before, long output)
        => new(input, filter, 1, 1, before, output + filter - 1 - input - before, output);

    /// <summary>The elements of the window at <paramref name="position"/> that lie inside the input.</summary>
    public (long First, long End) Inside(long position)
    {
        long start = (position * Stride) - Before;
        long first = start >= 0 ? 0 : (-start + Dilation - 1) / Dilation;
        long end = start >= Input ? 0 : Math.Min(Filter, ((Input - start - 1) / Dilation) + 1);
        return (first, Math.Max(first, end));
    }
}
