using System.Numerics;

namespace Engine.Ops.RandomNumbers;

/// <summary>
/// Normal numbers between bounds, by the rejection that accepts most: from the normal distribution, a uniform one or an exponential one
/// (Robert, "Simulation of truncated normal variables", 1995).
/// </summary>
internal struct TruncatedNormalSampler<T>(Philox generator, IDistribution<T> uniform, IDistribution<T> normal)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>So many rejections in a row are an error.</summary>
    internal const int MaxAttempts = 1000;

    // With this many deviations between the mean and a bound, half of all normal numbers are accepted.
    private static readonly T EnoughInside = T.CreateTruncating(1.7);
    private static readonly T Two = T.CreateTruncating(2), Four = T.CreateTruncating(4), Half = T.CreateTruncating(0.5);

    /// <summary>Fills a span.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for a deviation that is not positive, or no interval.</exception>
    internal void Fill(Span<T> output, T mean, T deviation, T min, T max)
    {
        if (!(deviation > T.Zero && min < max && (T.IsFinite(min) || T.IsFinite(max))))
            throw EngineException.InvalidArgument("Invalid parameters");
        if (T.IsNegativeInfinity(min) || max < mean)
        {
            // Mirrored, so that a single bound is the lower one.
            (min, max) = (max, min);
            deviation = -deviation;
        }
        T low = (min - mean) / deviation, high = (max - mean) / deviation;
        T root = T.Sqrt(low * low + Four);
        T cutoff = Two * T.Exp(Half + low * (low - root) / Four) / (low + root);
        Span<T> group = stackalloc T[uniform.GroupLength];
        Span<T> second = stackalloc T[uniform.GroupLength];
        if ((low < -EnoughInside && high >= T.Zero) || (high > EnoughInside && low <= T.Zero))
            FromNormal(output, group, low, high);
        else if (high - low < cutoff)
            FromUniform(output, group, second, low, high - low);
        else
            FromExponential(output, group, low, high);
        foreach (ref T x in output)
            x = x * deviation + mean;
    }

    private static EngineException TooManyAttempts() => EngineException.Internal("TruncatedNormal rejection sampler exceeded maximum iterations.");

    private void FromNormal(Span<T> output, Span<T> group, T low, T high)
    {
        int filled = 0, rejected = 0;
        while (true)
        {
            normal.Fill(ref generator, group);
            foreach (T x in group)
            {
                if (x >= low && x <= high)
                {
                    output[filled++] = x;
                    rejected = 0;
                    if (filled == output.Length)
                        return;
                }
                else if (++rejected > MaxAttempts)
                {
                    throw TooManyAttempts();
                }
            }
        }
    }

    private void FromUniform(Span<T> output, Span<T> group, Span<T> second, T low, T width)
    {
        T top = low < T.Zero ? T.Zero : low * low;
        int filled = 0, rejected = 0;
        while (true)
        {
            uniform.Fill(ref generator, group);
            uniform.Fill(ref generator, second);
            for (int i = 0; i < group.Length; i++)
            {
                T z = group[i] * width + low;
                if (second[i] <= T.Exp((top - z * z) / Two))
                {
                    output[filled++] = z;
                    rejected = 0;
                    if (filled == output.Length)
                        return;
                }
                else if (++rejected > MaxAttempts)
                {
                    throw TooManyAttempts();
                }
            }
        }
    }

    private void FromExponential(Span<T> output, Span<T> group, T low, T high)
    {
        T alpha = (low + T.Sqrt(low * low + Four)) / Two;
        int filled = 0, rejected = 0;
        while (true)
        {
            uniform.Fill(ref generator, group);
            for (int i = 0; i < group.Length; i += 2)
            {
                T z = -T.Log(group[i]) / alpha + low;
                T x = low < alpha ? alpha - z : low - alpha;
                if (group[i + 1] <= T.Exp(-x * x / Two) && z < high)
                {
                    output[filled++] = z;
                    rejected = 0;
                    if (filled == output.Length)
                        return;
                }
                else if (++rejected > MaxAttempts)
                {
                    throw TooManyAttempts();
                }
            }
        }
    }
}
