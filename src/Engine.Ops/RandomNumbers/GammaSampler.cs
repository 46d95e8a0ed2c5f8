using Engine.Ops.Lanes;

namespace Engine.Ops.RandomNumbers;

/// <summary>Gamma numbers of scale 1, by Marsaglia and Tsang's "A simple method for generating gamma variables" (2000).</summary>
internal struct GammaSampler : ISampler
{
    private double shape;
    private double d;
    private double c;

    public void Prepare(double parameter)
    {
        shape = parameter;
        // A shape below 1 is drawn one higher and brought down by a power of a uniform number.
        d = shape + (shape < 1 ? 2.0 / 3 : -1.0 / 3);
        c = 1.0 / 3 / Math.Sqrt(d);
    }

    public readonly double Draw(Philox generator)
    {
        var uniform = new UniformReader(ref generator);
        if (shape == 1)
            return -Lanes.Functions.Log1p.Double<ScalarLanes<double>, double>(-uniform.Next());

        double spare = 0;
        bool hasSpare = false;
        // NaN and negative shapes never accept: the stream reserved for a number bounds the search.
        for (int attempt = 0; attempt < 256; attempt++)
        {
            double x;
            if (hasSpare)
            {
                x = spare;
            }
            else
            {
                generator.Next(out uint x0, out uint x1, out uint x2, out uint x3);
                (spare, x) = BoxMuller.Doubles(x0, x1, x2, x3);
            }
            hasSpare = !hasSpare;
            double v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            double u = uniform.Next();
            // The first test spares the logarithms most of the time.
            if (u < 1 - 0.0331 * (x * x) * (x * x) || Math.Log(u) < 0.5 * x * x + d * (1 - v + Math.Log(v)))
                return shape < 1 ? d * v * Math.Pow(uniform.Next(), 1 / shape) : d * v;
        }
        return double.NaN;
    }
}
