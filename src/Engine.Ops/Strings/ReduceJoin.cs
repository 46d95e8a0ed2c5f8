using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Strings;

/// <summary>Joins strings along dimensions; the first dimension listed varies fastest.</summary>
[Op("ReduceJoin")]
internal sealed class ReduceJoin : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.InputTensor(1) is not { } axes || !c.Input(0).HasRank)
            return;
        var input = c.Input(0);
        var reduced = Reduced(IndexTensor.Read(axes), input.Rank, out _);
        var keep = c.Attr("keep_dims").AsBool();
        c.SetOutput(0, new PartialShape([.. Enumerable.Range(0, input.Rank).Where(i => keep || !reduced[i]).Select(i => reduced[i] ? 1 : input[i])]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var keep = node.Bool("keep_dims");
        var separator = node.Node.Attr("separator").AsBytes();
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var shape = input.Shape;
            var reduced = Reduced(IndexTensor.Read(context.Input(1)), shape.Rank, out var axes);
            var kept = Enumerable.Range(0, shape.Rank).Where(i => !reduced[i]).ToArray();
            var result = context.Allocate(0, new Shape([.. Enumerable.Range(0, shape.Rank).Where(i => keep || !reduced[i]).Select(i => reduced[i] ? 1 : shape[i])]));
            var strings = input.AsSpan<byte[]>();
            var joined = result.AsSpan<byte[]>();
            var outer = Offsets(shape, kept, joined.Length);
            var inner = Offsets(shape, [.. Enumerable.Reverse(axes)], input.Count == 0 ? 0 : input.Count / joined.Length);
            var joiner = new ByteJoiner(separator);
            for (var i = 0; i < joined.Length; i++)
            {
                foreach (var offset in inner)
                    joiner.Add(strings[(int)(outer[i] + offset)]);
                joined[i] = joiner.Take();
            }
        });
    }

    /// <summary>Which dimensions are reduced, and their list in the order asked for.</summary>
    private static bool[] Reduced(long[] wanted, int rank, out int[] axes)
    {
        var reduced = new bool[rank];
        axes = new int[wanted.Length];
        for (var i = 0; i < wanted.Length; i++)
        {
            var axis = wanted[i] < 0 ? wanted[i] + rank : wanted[i];
            if (axis < 0 || axis >= rank)
                throw EngineException.OutOfRange($"Invalid reduction dimension {wanted[i]} for input with {rank} dimension(s)");
            if (reduced[axis])
                throw EngineException.InvalidArgument($"Duplicate reduction dimension {wanted[i]}");
            reduced[axis] = true;
            axes[i] = (int)axis;
        }
        return reduced;
    }

    /// <summary>The offsets of all positions along some dimensions, the last of them fastest.</summary>
    private static long[] Offsets(Shape shape, int[] axes, long count)
    {
        var strides = shape.Strides();
        var offsets = new long[count];
        for (var i = 0L; i < count; i++)
        {
            var rest = i;
            for (var k = axes.Length - 1; k >= 0; k--)
            {
                (rest, var position) = Math.DivRem(rest, shape[axes[k]]);
                offsets[i] += position * strides[axes[k]];
            }
        }
        return offsets;
    }
}
