using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The slices along an axis, each without it.</summary>
[Op("Unpack")]
internal sealed class Unpack : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        if (!shape.HasRank)
            return;
        var axis = IndexTensor.Axis(c.Attr("axis").AsInt(), shape.Rank);
        if (shape[axis] >= 0 && shape[axis] != c.OutputCount)
            throw c.Fail($"Dimension must be {c.OutputCount} but is {shape[axis]}");
        c.SetOutputs(shape.Slice(0, axis).Concat(shape.Slice(axis + 1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Float8);
        var wantedAxis = node.Int("axis");
        var count = node.Int("num");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var axis = IndexTensor.Axis(wantedAxis, input.Rank);
            if (input.Shape[axis] != count)
                throw EngineException.InvalidArgument($"Input shape axis {axis} must equal {count}, got shape {input.Shape}");
            var shape = input.Shape.Slice(0, axis).Concat(input.Shape.Slice(axis + 1));
            Partition.Run(context, input, axis, Enumerable.Repeat(1L, context.OutputCount).ToArray(), _ => shape);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("Pack").Input([.. Enumerable.Range(0, g.OutputCount).Select(g.OutputGradient)]).Attr("axis", g.Attr("axis")).Build()[0]];
}
