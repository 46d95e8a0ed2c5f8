using Engine.Io.Protos;

namespace Engine.Io.Ops;

/// <summary>TensorFlow's histogram: bucket limits grow by 10 % from 1e-12 to 1e20, the same below zero.</summary>
internal sealed class HistogramBuckets
{
    private static readonly double[] Limits = MakeLimits();

    private readonly double[] counts = new double[Limits.Length];
    private double min = double.MaxValue, max = -double.MaxValue, number, sum, sumOfSquares;

    /// <summary>Counts a value.</summary>
    internal void Add(double value)
    {
        // The first limit that is larger.
        var bucket = Array.BinarySearch(Limits, value);
        bucket = bucket >= 0 ? bucket + 1 : ~bucket;
        counts[Math.Min(bucket, counts.Length - 1)]++;
        min = Math.Min(min, value);
        max = Math.Max(max, value);
        number++;
        sum += value;
        sumOfSquares += value * value;
    }

    /// <summary>The message, each run of empty buckets as one.</summary>
    internal HistogramProto ToProto()
    {
        var proto = new HistogramProto { Min = min, Max = max, Num = number, Sum = sum, SumSquares = sumOfSquares };
        for (var i = 0; i < counts.Length;)
        {
            var (end, count) = (Limits[i], counts[i]);
            i++;
            if (count <= 0)
            {
                while (i < counts.Length && counts[i] <= 0)
                    end = Limits[i++];
            }
            proto.BucketLimit.Add(end);
            proto.Bucket.Add(count);
        }
        if (proto.BucketLimit.Count == 0)
        {
            proto.BucketLimit.Add(double.MaxValue);
            proto.Bucket.Add(0);
        }
        return proto;
    }

    private static double[] MakeLimits()
    {
        var positive = new List<double>();
        for (var v = 1.0e-12; v < 1.0e20; v *= 1.1)
            positive.Add(v);
        positive.Add(double.MaxValue);
        return [.. positive.AsEnumerable().Reverse().Select(v => -v), 0, .. positive];
    }
}
