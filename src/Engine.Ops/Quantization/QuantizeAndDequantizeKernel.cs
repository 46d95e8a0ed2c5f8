using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>Floats rounded to the levels of a range, symmetric around zero where signed, one range for all or one for each slice along an axis.</summary>
internal sealed class QuantizeAndDequantizeKernel<T> : Kernel where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly bool signed;
    private readonly bool given;
    private readonly bool narrow;
    private readonly bool halfUp;
    private readonly int axis;
    private readonly long? attributeBits;
    private readonly (float Low, float High)? attributeRange;

    public QuantizeAndDequantizeKernel(KernelBuilder node)
    {
        signed = node.Bool("signed_input");
        given = node.Bool("range_given");
        narrow = node.Find("narrow_range")?.AsBool() ?? false;
        halfUp = node.Find("round_mode")?.AsString() == "HALF_UP";
        axis = (int)Math.Clamp(node.Find("axis")?.AsInt() ?? -1, -2, int.MaxValue);
        if (axis < -1)
            throw node.Fail("Axis must be at least -1");
        attributeBits = node.Find("num_bits")?.AsInt();
        if (attributeBits is { } bits)
            CheckBits(bits);
        if (node.Find("input_min") is { } low && node.Find("input_max") is { } high)
        {
            attributeRange = (low.AsFloat(), high.AsFloat());
            if (given && !(attributeRange.Value.Low <= attributeRange.Value.High))
                throw node.Fail("Invalid range: input_min > input_max");
        }
    }

    public override void Compute(KernelContext context)
    {
        var tensor = context.Input(0);
        var bits = attributeBits ?? Bits(context.Input(3));
        if (axis >= tensor.Rank)
            throw EngineException.InvalidArgument($"Axis requested is larger than input dimensions. Axis: {axis} Input Dimensions: {tensor.Rank}");
        var slices = axis < 0 ? 1 : (int)tensor.Shape[axis];
        var inner = axis < 0 ? (int)tensor.Count : (int)tensor.Shape.CountOf(axis + 1, tensor.Rank);
        var input = tensor.AsSpan<T>();
        var ranges = new (T Low, T High)[slices];
        for (var s = 0; s < slices; s++)
            ranges[s] = given ? Given(context, s, slices) : Measured(input, s, slices, inner);
        var output = context.Allocate(0, tensor.Shape).AsSpan<T>();
        for (var s = 0; s < slices; s++)
        {
            var (low, high) = ranges[s];
            Fit(bits, ref low, ref high, out var scale, out var inverse);
            for (var start = s * inner; start < input.Length; start += slices * inner)
            {
                for (var i = start; i < start + inner; i++)
                {
                    // A measured range holds all, except that unsigned levels go on below zero.
                    var x = given && input[i] < low ? low : given && input[i] > high ? high : input[i];
                    var level = x * scale;
                    output[i] = (halfUp ? T.Floor(level + T.CreateTruncating(0.5)) : T.Round(level, MidpointRounding.ToEven)) * inverse;
                }
            }
        }
    }

    private static (T Low, T High) Measured(ReadOnlySpan<T> input, int slice, int slices, int inner)
    {
        if (input.IsEmpty)
            return default;
        T low = T.PositiveInfinity, high = T.NegativeInfinity;
        for (var start = slice * inner; start < input.Length; start += slices * inner)
        {
            foreach (var x in input.Slice(start, inner))
                (low, high) = (T.MinNumber(low, x), T.MaxNumber(high, x));
        }
        return (low, high);
    }

    private static long Bits(Tensor t)
        => t.Count == 1 ? t.Item<int>() : throw EngineException.InvalidArgument($"num_bits should be a scalar, not {t.Shape}");

    private (T Low, T High) Given(KernelContext context, int slice, int slices)
    {
        if (attributeRange is { } range)
            return (T.CreateTruncating(range.Low), T.CreateTruncating(range.High));
        var (lows, highs) = (context.Input(1), context.Input(2));
        if (axis < 0 ? lows.Count != 1 || highs.Count != 1 : lows.Rank != 1 || highs.Rank != 1 || lows.Count != slices || highs.Count != slices)
            throw EngineException.InvalidArgument($"input_min {lows.Shape} and input_max {highs.Shape} must have {slices} elements");
        var (low, high) = (lows.AsSpan<T>()[slice], highs.AsSpan<T>()[slice]);
        return low <= high ? (low, high) : throw EngineException.InvalidArgument($"Invalid range: input_min {low} > input_max {high}");
    }

    /// <summary>The largest scale that keeps both ends of the range within the levels; the other end moves to its last level.</summary>
    private void Fit(long bits, ref T low, ref T high, out T scale, out T inverse)
    {
        CheckBits(bits);
        var first = T.CreateTruncating(signed ? -(1L << (int)(bits - 1)) + (narrow ? 1 : 0) : 0);
        var last = T.CreateTruncating(signed ? (1L << (int)(bits - 1)) - 1 : (1L << (int)bits) - 1);
        var below = first * low > T.Zero ? first / low : T.MaxValue;
        var above = last * high > T.Zero ? last / high : T.MaxValue;
        if (below < above)
        {
            (scale, inverse) = (below, low / first);
            high = last * inverse;
        }
        else
        {
            (scale, inverse) = (above, high / last);
            low = first * inverse;
        }
    }

    private void CheckBits(long bits)
    {
        if (bits <= 0 || bits >= (signed ? 62 : 63))
            throw EngineException.InvalidArgument($"num_bits is out of range: {bits} with signed_input {signed}");
    }
}
