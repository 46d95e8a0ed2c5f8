using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of a range that starts at <paramref name="low"/>; a range of 0 stands for all values of the type.</summary>
internal readonly struct IntegerDistribution(ulong low, ulong range) : IDistribution<uint>, IDistribution<ulong>
{
    int IDistribution<uint>.GroupLength => 4;

    int IDistribution<ulong>.GroupLength => 2;

    public int BlocksPerGroup => 1;

    public int GroupCost => 80;

    /// <summary>Fills a tensor of integers, signed or not, with all values of its type.</summary>
    internal static void Fill(WorkerTeam workers, Philox generator, Tensor output) => Fill(workers, generator, output, 0, 0);

    /// <summary>Fills a tensor of 32-bit or 64-bit integers, signed or not.</summary>
    internal static void Fill(WorkerTeam workers, Philox generator, Tensor output, ulong low, ulong range)
    {
        if (output.Type.Size() == 4)
            DistributionFill.Run<uint, IntegerDistribution>(workers, generator, new(low, range), output);
        else
            DistributionFill.Run<ulong, IntegerDistribution>(workers, generator, new(low, range), output);
    }

    public void Fill(ref Philox generator, Span<uint> group)
    {
        generator.Next(group);
        if (range == 0)
            return;
        for (int i = 0; i < group.Length; i++)
            group[i] = (uint)low + group[i] % (uint)range;
    }

    public void Fill(ref Philox generator, Span<ulong> group)
    {
        generator.Next(out uint a, out uint b, out uint c, out uint d);
        group[0] = InRange(((ulong)b << 32) | a);
        group[1] = InRange(((ulong)d << 32) | c);
    }

    private ulong InRange(ulong bits) => range == 0 ? bits : low + bits % range;
}
