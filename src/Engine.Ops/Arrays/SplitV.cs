using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Pieces of given lengths along an axis; one length may be -1: what is left.</summary>
[Op("SplitV")]
internal sealed class SplitV : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        if (c.InputScalar(2) is not { } axis || !shape.HasRank)
        {
            c.SetOutputs(shape.HasRank ? PartialShape.OfRank(shape.Rank) : shape);
            return;
        }
        var d = IndexTensor.Axis(axis, shape.Rank, "split_dim");
        var sizes = c.InputTensor(1) is { } t && t.Count == c.OutputCount ? IndexTensor.Read(t) : null;
        if (sizes is not null && shape[d] >= 0)
            Resolve(sizes, shape[d]);
        for (var i = 0; i < c.OutputCount; i++)
            c.SetOutput(i, shape.With(d, sizes is null ? -1 : Math.Max(-1, sizes[i])));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.QUInt8 | TypeGroups.Float8 | TypeGroups.FourBits);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            if (context.Input(1).Type == DType.Int8)
                throw EngineException.InvalidArgument("Sizes of 8 bits are not supported.");
            var lengths = IndexTensor.Vector(context.Input(1), "size_splits");
            if (lengths.Length != context.OutputCount)
                throw EngineException.InvalidArgument($"size_splits must have {context.OutputCount} elements, not {lengths.Length}");
            var axis = IndexTensor.Axis(IndexTensor.Scalar(context.Input(2), "split_dim", orVector: true), input.Rank, "split_dim");
            Resolve(lengths, input.Shape[axis]);
            if (lengths.Length == 1)
                context.Forward(0, 0);
            else
                Partition.Run(context, input, axis, lengths, n => input.Shape.With(axis, n));
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.OutputCount == 1 ? g.OutputGradient(0) : g.NewNode("ConcatV2").Input([.. Enumerable.Range(0, g.OutputCount).Select(g.OutputGradient)]).Input(g.Input(2)).Build()[0], null, null];

    private static void Resolve(long[] lengths, long total)
    {
        var missing = -1;
        var sum = 0L;
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] == -1 && missing < 0)
                missing = i;
            else if (lengths[i] < 0 || lengths[i] > total - sum)
                throw EngineException.InvalidArgument($"Split lengths [{string.Join(',', lengths)}] do not add up to the {total} of the split dimension");
            else
                sum += lengths[i];
        }
        if (missing >= 0)
            lengths[missing] = total - sum;
        else if (sum != total)
            throw EngineException.InvalidArgument($"Split lengths [{string.Join(',', lengths)}] do not add up to the {total} of the split dimension");
    }
}
