using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>The rows of a tensor in random order.</summary>
internal static class RowShuffle
{
    internal static Kernel Create(KernelBuilder node, RandomSource source) => ElementTypes.Move(node.Type("T"), new Factory(source));

    private readonly struct Factory(RandomSource source) : IMoveFactory
    {
        public Kernel Create<T>() => new ShuffleKernel<T>(source);
    }

    private sealed class ShuffleKernel<T>(RandomSource source) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            Tensor value = context.Input(0);
            long rows = value.Rank == 0 ? 1 : value.Shape[0];
            if (rows <= 1 || value.Count == 0)
            {
                // The generator is asked all the same: it checks its inputs.
                source.Take(context, 0);
                context.Forward(0, 0);
                return;
            }
            Philox generator = source.Take(context, (UInt128)(ulong)((rows + 2) / 4));
            ReadOnlySpan<T> from = value.AsRawSpan<T>();
            Span<T> to = context.Allocate(0, value.Shape).AsRawSpan<T>();
            var reader = new PhiloxReader(generator);
            int length = (int)(value.Count / rows);
            if (value.Rank == 1)
            {
                from.CopyTo(to);
                Shuffle(to, ref reader);
                return;
            }
            var order = new int[rows];
            for (int i = 0; i < order.Length; i++)
                order[i] = i;
            Shuffle(order.AsSpan(), ref reader);
            for (int i = 0; i < order.Length; i++)
                from.Slice(order[i] * length, length).CopyTo(to[(i * length)..]);
        }

        private static void Shuffle<TItem>(Span<TItem> items, ref PhiloxReader reader)
        {
            for (int i = 0; i < items.Length - 1; i++)
            {
                int other = i + (int)(reader.Next() % (uint)(items.Length - i));
                (items[i], items[other]) = (items[other], items[i]);
            }
        }
    }
}
