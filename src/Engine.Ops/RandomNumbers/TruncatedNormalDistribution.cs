using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.RandomNumbers;

/// <summary>Normal numbers less than two deviations from the mean; others are drawn again.</summary>
internal readonly struct TruncatedNormalDistribution : IDistribution<float>, IDistribution<double>, IDistribution<Half>, IDistribution<BFloat16>
{
    private const double Bound = 2;

    int IDistribution<float>.GroupLength => 4;

    int IDistribution<double>.GroupLength => 2;

    int IDistribution<Half>.GroupLength => 4;

    int IDistribution<BFloat16>.GroupLength => 4;

    int IDistribution<float>.BlocksPerGroup => 256;

    int IDistribution<double>.BlocksPerGroup => 128;

    int IDistribution<Half>.BlocksPerGroup => 256;

    int IDistribution<BFloat16>.BlocksPerGroup => 256;

    public int GroupCost => 250;

    /// <summary>Fills a tensor.</summary>
    internal static void Fill(WorkerTeam workers, Philox generator, Tensor output)
    {
        switch (output.Type)
        {
            case DType.Float32: DistributionFill.Run<float, TruncatedNormalDistribution>(workers, generator, default, output); break;
            case DType.Float64: DistributionFill.Run<double, TruncatedNormalDistribution>(workers, generator, default, output); break;
            case DType.Float16: DistributionFill.Run<Half, TruncatedNormalDistribution>(workers, generator, default, output); break;
            default: DistributionFill.Run<BFloat16, TruncatedNormalDistribution>(workers, generator, default, output); break;
        }
    }

    public void Fill(ref Philox generator, Span<float> group)
    {
        Span<uint> block = stackalloc uint[Philox.BlockLength];
        int filled = 0;
        while (true)
        {
            generator.Next(block);
            for (int i = 0; i < block.Length; i += 2)
            {
                (float a, float b) = BoxMuller.Floats(block[i], block[i + 1]);
                if (MathF.Abs(a) < Bound)
                    group[filled++] = a;
                if (filled == group.Length)
                    return;
                if (MathF.Abs(b) < Bound)
                    group[filled++] = b;
                if (filled == group.Length)
                    return;
            }
        }
    }

    public void Fill(ref Philox generator, Span<double> group)
    {
        int filled = 0;
        while (true)
        {
            generator.Next(out uint x0, out uint x1, out uint x2, out uint x3);
            (double a, double b) = BoxMuller.Doubles(x0, x1, x2, x3);
            if (Math.Abs(a) < Bound)
                group[filled++] = a;
            if (filled == group.Length)
                return;
            if (Math.Abs(b) < Bound)
                group[filled++] = b;
            if (filled == group.Length)
                return;
        }
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
