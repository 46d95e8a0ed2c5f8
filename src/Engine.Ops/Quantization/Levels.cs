using System.Numerics;

namespace Engine.Ops.Quantization;

/// <summary>Between floats of a range and the levels of a quantized type spread over it; zero is always a level.</summary>
internal static class Levels
{
    /// <summary>The number of levels of a type.</summary>
    public static double Count<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => Highest<T>() - Lowest<T>() + 1;

    public static double Lowest<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => double.CreateTruncating(T.MinValue);

    public static double Highest<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => double.CreateTruncating(T.MaxValue);

    /// <summary>The level of a float, perhaps beyond those of the type.</summary>
    public static long Unclamped<T>(float value, float low, float high) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (low == high)
            return 0;
        var scale = Count<T>() / Span<T>(low, high);
        return (long)(Round(value * scale) - Round(low * scale)) + long.CreateTruncating(T.MinValue);
    }

    /// <summary>The level nearest to a float.</summary>
    public static T Quantize<T>(float value, float low, float high) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        => T.CreateSaturating(Unclamped<T>(value, low, high));

    /// <summary>The float that a level stands for.</summary>
    public static float Dequantize<T>(T level, float low, float high) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (low == high)
            return low;
        var step = Span<T>(low, high) / Count<T>();
        // The range starts at a whole number of single-precision steps.
        var start = (double)MathF.Round(low / (float)step, MidpointRounding.AwayFromZero) * (float)step;
        return (float)(start + ((double.CreateTruncating(level) - Lowest<T>()) * step));
    }

    /// <summary>A level of one range and type as one of another.</summary>
    public static TOut Requantize<TIn, TOut>(TIn level, float low, float high, float newLow, float newHigh)
        where TIn : unmanaged, IBinaryInteger<TIn>, IMinMaxValue<TIn> where TOut : unmanaged, IBinaryInteger<TOut>, IMinMaxValue<TOut>
        => Quantize<TOut>(Dequantize(level, low, high), newLow, newHigh);

    /// <summary>The range of products in a wider type: one level stands for the product of one level of each factor.</summary>
    public static (float Low, float High) ProductRange<TA, TB, TOut>(QuantizedRange a, QuantizedRange b)
        where TA : unmanaged, IBinaryInteger<TA>, IMinMaxValue<TA> where TB : unmanaged, IBinaryInteger<TB>, IMinMaxValue<TB>
        where TOut : unmanaged, IBinaryInteger<TOut>, IMinMaxValue<TOut>
    {
        var level = Step<TA>(a) * Step<TB>(b);
        return (level * (float)Lowest<TOut>(), level * (float)Highest<TOut>());
    }

    private static float Step<T>(QuantizedRange range) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        => (float)((range.High - range.Low) / (Highest<T>() - Lowest<T>()));

    private static double Span<T>(float low, float high) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        => (high - low) * (Count<T>() / (Count<T>() - 1));

    private static double Round(double x) => Math.Round(x, MidpointRounding.AwayFromZero);
}
