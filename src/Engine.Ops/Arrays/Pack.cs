using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Tensors of one shape side by side along a new axis.</summary>
[Op("Pack")]
internal sealed class Pack : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        for (var i = 1; i < c.InputCount; i++)
            shape = shape.Merge(c.Input(i));
        if (!shape.HasRank)
            return;
        var axis = IndexTensor.Axis(c.Attr("axis").AsInt(), shape.Rank + 1);
        c.SetOutput(0, shape.Slice(0, axis).Concat(PartialShape.Vector(c.InputCount)).Concat(shape.Slice(axis)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Quantized16 | TypeGroups.Float8);
        var axis = node.Int("axis");
        return Kernel.From(context => Run(context, axis));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var parts = g.NewNode("Unpack").Input(g.OutputGradient(0)).Attr("num", g.InputCount).Attr("axis", g.Attr("axis")).Build();
        return [.. Enumerable.Range(0, g.InputCount).Select(i => (Gradient)parts[i])];
    }

    private static void Run(KernelContext context, long wantedAxis)
    {
        var shape = context.Input(0).Shape;
        var count = context.InputCount;
        var axis = IndexTensor.Axis(wantedAxis, shape.Rank + 1);
        for (var i = 1; i < count; i++)
        {
            if (context.Input(i).Shape != shape)
                throw EngineException.InvalidArgument($"Shapes of all inputs must match: values[0].shape = {shape} != values[{i}].shape = {context.Input(i).Shape}");
        }
        var result = shape.Slice(0, axis).Concat(Shape.Vector(count)).Concat(shape.Slice(axis));
        if (count == 1)
        {
            context.ForwardAs(0, 0, result);
            return;
        }
        var packed = context.Allocate(0, result);
        var outer = shape.CountOf(0, axis);
        var inner = shape.CountOf(axis, shape.Rank);
        for (var i = 0; i < count; i++)
            StridedCopy.Run(context.Workers, [outer, inner], context.Input(i), 0, [inner, 1], packed, i * inner, [count * inner, 1]);
    }
}
