using System.Numerics;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>How many numbers of a tensor are of which kind, with extremes and mean of those within bounds.</summary>
internal readonly record struct NumberCounts(long NaN, long Low, long Negative, long Zero, long Positive, long High, double Minimum, double Maximum, double Sum)
{
    /// <summary>Mean of the numbers that are finite.</summary>
    internal double Mean => Sum / FiniteCount;

    /// <summary>How many numbers are finite.</summary>
    internal long FiniteCount { get; private init; }

    /// <summary>Whether elements of this type can be counted.</summary>
    internal static bool Supports(DType type) => type.IsInteger() || type is DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64 or DType.Bool;

    /// <summary>Counts the elements of a tensor; those at or beyond a bound are low or high.</summary>
    internal static NumberCounts Of(Tensor tensor, double lower, double upper) => Visit(tensor, new Counter(lower, upper)).Result();

    /// <summary>Mean of the squared distances from the mean of the finite numbers.</summary>
    internal double Variance(Tensor tensor)
    {
        if (FiniteCount == 0)
            return double.NaN;
        return Visit(tensor, new Counter(Mean)).SquaredDistances / FiniteCount;
    }

    private static Counter Visit(Tensor tensor, Counter counter)
    {
        switch (tensor.Type)
        {
            case DType.Float32: counter.Add<float>(tensor); break;
            case DType.Float64: counter.Add<double>(tensor); break;
            case DType.Float16: counter.Add<Half>(tensor); break;
            case DType.BFloat16: counter.Add<BFloat16>(tensor); break;
            case DType.Int8: counter.Add<sbyte>(tensor); break;
            case DType.UInt8: counter.Add<byte>(tensor); break;
            case DType.Int16: counter.Add<short>(tensor); break;
            case DType.UInt16: counter.Add<ushort>(tensor); break;
            case DType.Int32: counter.Add<int>(tensor); break;
            case DType.UInt32: counter.Add<uint>(tensor); break;
            case DType.Int64: counter.Add<long>(tensor); break;
            case DType.UInt64: counter.Add<ulong>(tensor); break;
            default:
                foreach (var truth in tensor.AsSpan<bool>())
                    counter.Add(truth ? 1 : 0);
                break;
        }
        return counter;
    }

    private sealed class Counter(double lower, double upper)
    {
        private readonly double mean;
        private long nan, low, negative, zero, positive, high, finite;
        private double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, sum;

        internal Counter(double mean) : this(double.NegativeInfinity, double.PositiveInfinity) => this.mean = mean;

        internal double SquaredDistances { get; private set; }

        internal void Add<T>(Tensor tensor) where T : unmanaged, INumberBase<T>
        {
            foreach (var value in tensor.AsSpan<T>())
                Add(double.CreateTruncating(value));
        }

        internal void Add(double value)
        {
            if (double.IsNaN(value))
            {
                nan++;
                return;
            }
            if (value <= lower)
                low++;
            else if (value >= upper)
                high++;
            else if (value < 0)
                negative++;
            else if (value > 0)
                positive++;
            else
                zero++;
            if (!double.IsFinite(value))
                return;
            finite++;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            sum += value;
            SquaredDistances += (value - mean) * (value - mean);
        }

        internal NumberCounts Result() => new(nan, low, negative, zero, positive, high, minimum, maximum, sum) { FiniteCount = finite };
    }
}
