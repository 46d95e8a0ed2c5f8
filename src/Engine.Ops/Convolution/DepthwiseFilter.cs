namespace Engine.Ops.Convolution;

/// <summary>
/// The filter of a depthwise convolution in the order in which <see cref="DepthwiseTile"/> reads it: for each vector of channels all taps. Where channels are not
/// whole vectors, the last vector begins early and has some channels of the one before it. Made once for weights.
/// </summary>
internal sealed unsafe class DepthwiseFilter
{
    private readonly float[] _array;
    private readonly int _first;

    /// <summary>Packs a filter whose last two dimensions are channels and multiplier, or 1 and output channels: the same order.</summary>
    public static DepthwiseFilter Of(Tensor filter)
    {
        long channels = filter.Shape[-2] * filter.Shape[-1];
        return new DepthwiseFilter(filter.Pointer<float>(), filter.Count / channels, channels);
    }

    /// <summary>Packs the filter [taps, channels].</summary>
    public DepthwiseFilter(float* filter, long taps, long channels)
    {
        Lanes = FloatWidth.CountWithin(channels);
        (Taps, Channels) = (taps, channels);
        long vectors = (channels + Lanes - 1) / Lanes;
        _array = GC.AllocateUninitializedArray<float>(checked((int)((vectors * Step) + 16)), pinned: true);
        fixed (float* start = _array)
            _first = (int)((64 - ((nint)start & 63)) & 63) / sizeof(float);

        float* to = Panel(0);
        for (long vector = 0; vector < vectors; vector++)
        {
            float* from = filter + Math.Min(vector * Lanes, LastChannel);
            for (long tap = 0; tap < taps; tap++, from += channels, to += Lanes)
                new ReadOnlySpan<float>(from, Lanes).CopyTo(new Span<float>(to, Lanes));
        }
    }

    /// <summary>Channels of a vector.</summary>
    public int Lanes { get; }

    /// <summary>Elements of the window.</summary>
    public long Taps { get; }

    public long Channels { get; }

    /// <summary>The channel with which the last vector begins.</summary>
    public long LastChannel => Channels - Lanes;

    /// <summary>Distance of the panels of adjacent vectors.</summary>
    public long Step => Taps * Lanes;

    /// <summary>The filter of a vector of channels. Valid as long as this object is reachable.</summary>
    public float* Panel(long vector)
    {
        fixed (float* start = _array)
            return start + _first + (vector * Step);
    }
}
