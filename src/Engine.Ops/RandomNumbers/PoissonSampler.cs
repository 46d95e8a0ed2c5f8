using Engine.Ops.SpecialFunctions;

namespace Engine.Ops.RandomNumbers;

/// <summary>Poisson numbers: products of uniform ones for small rates (Knuth), else transformed rejection (Hörmann 1993).</summary>
internal struct PoissonSampler : ISampler
{
    private double rate;
    private double exponential;
    private double logRate;
    private double a;
    private double b;
    private double inverseAlpha;

    public void Prepare(double parameter)
    {
        if (double.IsNaN(parameter))
            throw EngineException.InvalidArgument("rate must not be NaN.");
        rate = parameter;
        exponential = Math.Exp(-rate);
        logRate = Math.Log(rate);
        // The dominating distribution, with the names of Hörmann's paper.
        b = 0.931 + 2.53 * Math.Sqrt(rate);
        a = -0.059 + 0.02483 * b;
        inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    }

    public readonly double Draw(Philox generator)
    {
        if (double.IsPositiveInfinity(rate))
            return rate;
        var uniform = new UniformReader(ref generator);
        return rate < 10 ? Multiply(ref uniform) : Reject(ref uniform);
    }

    private readonly double Multiply(ref UniformReader uniform)
    {
        double product = 1, count = 0;
        while (true)
        {
            product *= uniform.Next();
            if (product <= exponential)
                return count;
            count++;
        }
    }

    private readonly double Reject(ref UniformReader uniform)
    {
        while (true)
        {
            double u = uniform.Next() - 0.5, v = uniform.Next();
            double shifted = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / shifted + b) * u + rate + 0.43);
            if (shifted >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2))
                return k;
            if (k < 0 || (shifted < 0.013 && v > shifted))
                continue;
            double s = Math.Log(v * inverseAlpha / (a / (shifted * shifted) + b));
            if (s <= -rate + k * logRate - Lgamma.Invoke(k + 1))
                return k;
        }
    }
}
