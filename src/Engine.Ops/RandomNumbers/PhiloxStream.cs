using System.Security.Cryptography;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>The stream of a seeded op: it goes on from run to run, as long as the session lives.</summary>
internal sealed class PhiloxStream
{
    private readonly Lock gate = new();
    private Philox next;

    private PhiloxStream(long seed, long seed2) => next = Philox.FromSeeds(seed, seed2);

    /// <summary>The stream of a node with the attributes seed and seed2; both 0 stand for seeds by chance, or those that the session's seed gives.</summary>
    internal static PhiloxStream Of(KernelBuilder node) => node.State(() =>
    {
        long seed = node.Int("seed"), seed2 = node.Int("seed2");
        if (seed == 0 && seed2 == 0)
            (seed, seed2) = Unseeded(node);
        return new PhiloxStream(seed, seed2);
    });

    /// <summary>The generator as it is, before it moves on by a number of blocks.</summary>
    internal Philox Reserve(UInt128 blocks)
    {
        lock (gate)
        {
            Philox taken = next;
            next.Skip(blocks);
            return taken;
        }
    }

    private static (long Seed, long Seed2) Unseeded(KernelBuilder node)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (node.Session.Options.RandomSeed is not { } seed)
        {
            RandomNumberGenerator.Fill(bytes);
            return (BitConverter.ToInt64(bytes), BitConverter.ToInt64(bytes[8..]));
        }
        // Each node has a stream of its own, the same in every process.
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(node.Node.Name)).AsSpan(0, 16).CopyTo(bytes);
        return (seed, BitConverter.ToInt64(bytes));
    }
}
