namespace Engine.Ops.Quantization;

/// <summary>A float range moved so that zero is one of its quantized levels, and floats rounded to those levels.</summary>
internal readonly struct FakeRange
{
    private readonly float inverse;
    private readonly float zero;

    public FakeRange(float low, float high, int bits, bool narrow)
    {
        IsEmpty = low == 0 && high == 0;
        float first = narrow ? 1 : 0, last = (1 << bits) - 1;
        Scale = (high - low) / (last - first);
        var origin = first - (low / Scale);
        var nudged = origin < first ? first : origin > last ? last : MathF.Round(origin, MidpointRounding.AwayFromZero);
        Low = (first - nudged) * Scale;
        High = (last - nudged) * Scale;
        inverse = 1 / Scale;
        zero = MathF.Floor((-Low * inverse) + 0.5f);
    }

    /// <summary>Whether the range is 0 alone: everything becomes 0.</summary>
    public bool IsEmpty { get; }

    public float Scale { get; }

    public float Low { get; }

    public float High { get; }

    public float Round(float x)
    {
        if (IsEmpty)
            return 0;
        var clamped = x < Low ? Low : x > High ? High : x;
        return MathF.Floor(((clamped - Low) * inverse) - zero + 0.5f) * Scale;
    }

    public bool Contains(float x) => x >= Low && x <= High;

    /// <summary>The number of bits of a node.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT outside [2, 16].</exception>
    public static int Bits(OpModel.KernelBuilder node)
        => node.Int("num_bits") is >= 2 and <= 16 and var bits ? (int)bits : throw node.Fail($"num_bits must be between 2 and 16, inclusive, not {node.Int("num_bits")}");
}
