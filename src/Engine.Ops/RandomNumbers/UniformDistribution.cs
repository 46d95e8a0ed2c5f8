using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.RandomNumbers;

/// <summary>Numbers evenly from [0, 1).</summary>
internal readonly struct UniformDistribution : IDistribution<float>, IDistribution<double>, IDistribution<Half>, IDistribution<BFloat16>
{
    int IDistribution<float>.GroupLength => 4;

    int IDistribution<double>.GroupLength => 2;

    int IDistribution<Half>.GroupLength => 4;

    int IDistribution<BFloat16>.GroupLength => 4;

    public int BlocksPerGroup => 1;

    public int GroupCost => 60;

    /// <summary>Fills a tensor.</summary>
    internal static void Fill(WorkerTeam workers, Philox generator, Tensor output)
    {
        switch (output.Type)
        {
            case DType.Float32: DistributionFill.Run<float, UniformDistribution>(workers, generator, default, output); break;
            case DType.Float64: DistributionFill.Run<double, UniformDistribution>(workers, generator, default, output); break;
            case DType.Float16: DistributionFill.Run<Half, UniformDistribution>(workers, generator, default, output); break;
            default: DistributionFill.Run<BFloat16, UniformDistribution>(workers, generator, default, output); break;
        }
    }

    public void Fill(ref Philox generator, Span<float> group)
    {
        generator.Next(out uint a, out uint b, out uint c, out uint d);
        group[0] = UniformBits.ToFloat(a);
        group[1] = UniformBits.ToFloat(b);
        group[2] = UniformBits.ToFloat(c);
        group[3] = UniformBits.ToFloat(d);
    }

    public void Fill(ref Philox generator, Span<double> group)
    {
        generator.Next(out uint a, out uint b, out uint c, out uint d);
        group[0] = UniformBits.ToDouble(a, b);
        group[1] = UniformBits.ToDouble(c, d);
    }

    public void Fill(ref Philox generator, Span<Half> group)
    {
        generator.Next(out uint a, out uint b, out uint c, out uint d);
        group[0] = UniformBits.ToHalf(a);
        group[1] = UniformBits.ToHalf(b);
        group[2] = UniformBits.ToHalf(c);
        group[3] = UniformBits.ToHalf(d);
    }

    public void Fill(ref Philox generator, Span<BFloat16> group)
    {
        generator.Next(out uint a, out uint b, out uint c, out uint d);
        group[0] = UniformBits.ToBFloat16(a);
        group[1] = UniformBits.ToBFloat16(b);
        group[2] = UniformBits.ToBFloat16(c);
        group[3] = UniformBits.ToBFloat16(d);
    }
}
