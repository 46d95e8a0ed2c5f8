using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>Fills a tensor with numbers of a distribution, group by group.</summary>
internal static unsafe class DistributionFill
{
    internal static void Run<T, TDistribution>(WorkerTeam workers, Philox generator, TDistribution distribution, Tensor output)
        where T : unmanaged
        where TDistribution : struct, IDistribution<T>
    {
        var body = new Body<T, TDistribution>(generator, distribution, output.Pointer<T>(), output.Count);
        int length = distribution.GroupLength;
        workers.Run((output.Count + length - 1) / length, distribution.GroupCost, ref body);
    }

    private readonly struct Body<T, TDistribution>(Philox generator, TDistribution distribution, T* output, long count) : IRangeBody
        where T : unmanaged
        where TDistribution : struct, IDistribution<T>
    {
        public void Invoke(long start, long end)
        {
            int length = distribution.GroupLength;
            T* group = stackalloc T[length];
            for (long i = start; i < end; i++)
            {
                Philox own = generator.At((UInt128)i * (uint)distribution.BlocksPerGroup);
                distribution.Fill(ref own, new Span<T>(group, length));
                long first = i * length;
                int used = (int)Math.Min(length, count - first);
                for (int j = 0; j < used; j++)
                    output[first + j] = group[j];
            }
        }
    }
}
