namespace Engine.Ops.Images;

/// <summary>The filters of <see cref="ScaleAndTranslate"/>: how much a pixel at a distance from the sampling position counts.</summary>
internal sealed class ResamplingFilter
{
    private readonly Func<float, float> weight;

    private ResamplingFilter(float radius, Func<float, float> weight)
    {
        Radius = radius;
        this.weight = weight;
    }

    /// <summary>The distance from which on pixels do not count.</summary>
    public float Radius { get; }

    /// <summary>The filter of a name, or null.</summary>
    public static ResamplingFilter? Find(string name) => name switch
    {
        "lanczos1" => new(1, x => Lanczos(x, 1)),
        "lanczos3" => new(3, x => Lanczos(x, 3)),
        "lanczos5" => new(5, x => Lanczos(x, 5)),
        "gaussian" => new(1.5f, x => x >= 1.5f ? 0 : MathF.Exp(-x * x / (2 * 0.5f * 0.5f))),
        "box" => new(0.5f, x => x < 0.5f ? 1 : x == 0.5f ? 0.5f : 0),
        "triangle" => new(1, x => x < 1 ? 1 - x : 0),
        "keyscubic" => new(2, x => x >= 2 ? 0 : x >= 1 ? (((((-0.5f * x) + 2.5f) * x) - 4) * x) + 2 : ((((1.5f * x) - 2.5f) * x) * x) + 1),
        "mitchellcubic" => new(2, x => x >= 2 ? 0
            : x >= 1 ? ((((((-7f / 18) * x) + 2) * x) - (10f / 3)) * x) + (16f / 9)
            : (((((7f / 6) * x) - 2) * x) * x) + (8f / 9)),
        _ => null,
    };

    /// <summary>The taps along one axis: output x shows input position <c>(x - translation) / scale</c>.</summary>
    public Taps Spans(int input, int output, float scale, float translation, bool antialias)
    {
        var inverse = 1 / scale;
        var shift = -inverse * translation;
        // Shrinking widens the filter, so that every pixel counts; enlarging only interpolates.
        var stretch = antialias ? Math.Max(inverse, 1) : 1;
        var reach = Radius * stretch;
        var taps = new Taps(output, (int)Math.Min((2 * Math.Ceiling((double)reach)) + 1, input));
        Span<float> weights = new float[taps.Width];
        for (var x = 0; x < output; x++)
        {
            var sample = ((x + 0.5f) * inverse) + shift;
            if (!(sample >= 0 && sample <= input))
                continue;
            var start = (int)Math.Clamp(Math.Ceiling(sample - reach - 0.5f), 0, input - 1);
            var end = (int)Math.Clamp(Math.Floor(sample + reach - 0.5f), 0, input - 1) + 1;
            var count = Math.Clamp(end - start, 0, weights.Length);
            var sum = 0f;
            for (var k = 0; k < count; k++)
            {
                weights[k] = weight(MathF.Abs((start + k + 0.5f - sample) / stretch));
                sum += weights[k];
            }
            if (MathF.Abs(sum) < 1000 * 1.17549435e-38f)
                continue;
            for (var k = 0; k < count; k++)
                taps.Add(x, start + k, weights[k] * (1 / sum));
        }
        return taps;
    }

    private static float Lanczos(float x, float radius)
    {
        if (x > radius)
            return 0;
        return x <= 1e-3f ? 1 : radius * MathF.Sin(MathF.PI * x) * MathF.Sin(MathF.PI * x / radius) / (MathF.PI * MathF.PI * x * x);
    }
}
