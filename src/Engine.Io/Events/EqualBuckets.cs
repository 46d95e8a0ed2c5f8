using Engine.Io.Ops;

namespace Engine.Io.Events;

/// <summary>TF 2's histograms: buckets of equal width from the smallest to the largest value, as rows of left edge, right edge and count.</summary>
internal static class EqualBuckets
{
    internal static Tensor Count(Tensor values, int buckets)
    {
        if (!SummaryValues.Supports(values.Type) && values.Type != DType.Bool)
            throw EngineException.InvalidArgument($"There are no histograms of {values.Type.Name()} values");
        buckets = Math.Max(0, buckets);
        var result = Tensor.Allocate(DType.Float64, new Shape(buckets, 3));
        var rows = result.AsSpan<double>();
        rows.Clear();
        if (values.Count == 0 || buckets == 0)
            return result;
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < values.Count; i++)
        {
            var v = SummaryValues.Read(values, i);
            (min, max) = (Math.Min(min, v), Math.Max(max, v));
        }
        if (!double.IsFinite(min) || !double.IsFinite(max))
            throw EngineException.InvalidArgument("A histogram needs finite values");
        var width = (max - min) / buckets;
        for (var b = 0; b < buckets; b++)
        {
            // A single value is at both edges of every bucket, and counted in the last.
            rows[3 * b] = min + width * b;
            rows[3 * b + 1] = b == buckets - 1 ? max : min + width * (b + 1);
        }
        for (var i = 0; i < values.Count; i++)
        {
            var b = width > 0 ? Math.Min((int)((SummaryValues.Read(values, i) - min) / width), buckets - 1) : buckets - 1;
            rows[3 * b + 2]++;
        }
        return result;
    }
}
