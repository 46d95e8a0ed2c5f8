using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Pieces of equal length along an axis.</summary>
[Op("Split")]
internal sealed class Split : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(1);
        c.WithRank(c.Input(0), 0);
        if (c.InputScalar(0) is not { } axis)
        {
            c.SetOutputs(shape.HasRank ? PartialShape.OfRank(shape.Rank) : shape);
            return;
        }
        if (!shape.HasRank)
            return;
        var d = IndexTensor.Axis(axis, shape.Rank, "split_dim");
        if (shape[d] >= 0 && shape[d] % c.OutputCount != 0)
            throw c.Fail($"Dimension size must be evenly divisible by {c.OutputCount} but is {shape[d]}");
        c.SetOutputs(shape.With(d, shape[d] < 0 ? -1 : shape[d] / c.OutputCount));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.QUInt8 | TypeGroups.Float8 | TypeGroups.FourBits);
        return Kernel.From(context =>
        {
            var input = context.Input(1);
            var axis = IndexTensor.Axis(IndexTensor.Scalar(context.Input(0), "split_dim", orVector: true), input.Rank, "split_dim");
            var count = context.OutputCount;
            if (input.Shape[axis] % count != 0)
                throw EngineException.InvalidArgument($"Number of ways to split should evenly divide the split dimension, but got split_dim {axis} (size = {input.Shape[axis]}) and num_split {count}");
            if (count == 1)
            {
                context.Forward(1, 0);
                return;
            }
            var lengths = new long[count];
            Array.Fill(lengths, input.Shape[axis] / count);
            var shape = input.Shape.With(axis, lengths[0]);
            Partition.Run(context, input, axis, lengths, _ => shape);
        });
    }

    public static bool ActsOnRows(RewriteContext c) => RowAxes.Keep(c, c.Input(0));

    public static Gradient?[] Gradient(GradientContext g)
        => [null, g.OutputCount == 1 ? g.OutputGradient(0) : g.NewNode("ConcatV2").Input([.. Enumerable.Range(0, g.OutputCount).Select(g.OutputGradient)]).Input(g.Input(0)).Build()[0]];
}
