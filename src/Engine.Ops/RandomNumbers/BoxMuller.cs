namespace Engine.Ops.RandomNumbers;

/// <summary>Two independent normal numbers from two uniform ones.</summary>
internal static class BoxMuller
{
    internal static (float A, float B) Floats(uint x0, uint x1)
    {
        // The bound keeps the logarithm finite.
        float u = Math.Max(UniformBits.ToFloat(x0), 1e-7f);
        float angle = 2f * (float)Math.PI * UniformBits.ToFloat(x1);
        float radius = MathF.Sqrt(-2f * MathF.Log(u));
        return (MathF.Sin(angle) * radius, MathF.Cos(angle) * radius);
    }

    internal static (double A, double B) Doubles(uint x0, uint x1, uint x2, uint x3)
    {
        double u = Math.Max(UniformBits.ToDouble(x0, x1), 1e-7);
        double angle = 2 * Math.PI * UniformBits.ToDouble(x2, x3);
        double radius = Math.Sqrt(-2 * Math.Log(u));
        return (Math.Sin(angle) * radius, Math.Cos(angle) * radius);
    }
}
