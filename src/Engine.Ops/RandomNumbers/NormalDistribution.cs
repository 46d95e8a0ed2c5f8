using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers of mean 0 and deviation 1.</summary>
internal readonly struct NormalDistribution : IDistribution<float>, IDistribution<double>, IDistribution<Half>, IDistribution<BFloat16>
{
    int IDistribution<float>.GroupLength => 4;

    int IDistribution<double>.GroupLength => 2;

    int IDistribution<Half>.GroupLength => 4;

    int IDistribution<BFloat16>.GroupLength => 4;

    public int BlocksPerGroup => 1;

    public int GroupCost => 200;

    /// <summary>Fills a tensor.</summary>
    internal static void Fill(WorkerTeam workers, Philox generator, Tensor output)
    {
        switch (output.Type)
        {
            case DType.Float32: DistributionFill.Run<float, NormalDistribution>(workers, generator, default, output); break;
            case DType.Float64: DistributionFill.Run<double, NormalDistribution>(workers, generator, default, output); break;
            case DType.Float16: DistributionFill.Run<Half, NormalDistribution>(workers, generator, default, output); break;
            default: DistributionFill.Run<BFloat16, NormalDistribution>(workers, generator, default, output); break;
        }
    }

    public void Fill(ref Philox generator, Span<float> group)
    {
        generator.Next(out uint a, out uint b, out uint c, out uint d);
        (group[0], group[1]) = BoxMuller.Floats(a, b);
        (group[2], group[3]) = BoxMuller.Floats(c, d);
    }

    public void Fill(ref Philox generator, Span<double> group)
    {
        generator.Next(out uint a, out uint b, out uint c, out uint d);
        (group[0], group[1]) = BoxMuller.Doubles(a, b, c, d);
    }

    public void Fill(ref Philox generator, Span<Half> group)
    {
        Span<float> wide = stackalloc float[4];
        Fill(ref generator, wide);
        for (int i = 0; i < wide.Length; i++)
            group[i] = (Half)wide[i];
    }

    public void Fill(ref Philox generator, Span<BFloat16> group)
    {
        Span<float> wide = stackalloc float[4];
        Fill(ref generator, wide);
        for (int i = 0; i < wide.Length; i++)
            group[i] = (BFloat16)wide[i];
    }
}
