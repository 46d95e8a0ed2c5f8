using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>The input with a constant around it: zero, or for <c>PadV2</c> what input 2 tells.</summary>
[Op("Pad", "PadV2")]
internal sealed class Pad : IOp
{
    public static void InferShapes(InferenceContext c) => Paddings.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized);
        if (node.Node.Op == "PadV2")
            return Kernel.From(context => Run(context, context.Input(2)));
        var zero = Tensor.Zeros(type, Shape.Scalar);
        return Kernel.From(context => Run(context, zero));
    }

    public static bool ActsOnRows(RewriteContext c) => c.Input(1).Constant is { Rank: 2, Count: > 1 } frame && SizeInput.Elements(frame) is [0, 0, ..];

    public static Gradient?[] Gradient(GradientContext g)
    {
        var paddings = g.Input(1);
        var type = paddings.Type.Base();
        var rank = g.RankOf(g.Input(0));
        var before = g.Node("Slice", paddings, g.Ints(0, 0), g.Concat(0, rank, g.Ints(1)));
        var slice = g.Node("Slice", g.OutputGradient(0), g.Node("Reshape", before, g.Ints(-1)), g.ShapeOf(g.Input(0), type));
        return g.InputCount == 3 ? [slice, null, null] : [slice, null];
    }

    private static void Run(KernelContext context, Tensor value)
    {
        var input = context.Input(0);
        if (value.Rank != 0)
            throw EngineException.InvalidArgument($"constant_values must be a scalar. Found: {value.Shape}");
        var pads = Paddings.Read(context.Input(1), input.Rank);
        var shape = Paddings.Outer(input.Shape, pads);
        if (shape == input.Shape)
        {
            context.Forward(0, 0);
            return;
        }
        var result = context.Allocate(0, shape);
        if (shape.Count == 0)
            return;
        // The frame is written dimension by dimension: inside it in the dimensions before, all of it in those after.
        var strides = shape.Strides();
        var still = new long[shape.Rank];
        var box = input.Shape.Dims.ToArray();
        var start = 0L;
        for (var d = 0; d < box.Length; d++)
            start += pads[d].Before * strides[d];
        var inside = start;
        for (var d = box.Length - 1; d >= 0; d--)
        {
            start -= pads[d].Before * strides[d];
            var length = box[d];
            box[d] = pads[d].Before;
            StridedCopy.Run(context.Workers, box, value, 0, still, result, start, strides);
            box[d] = pads[d].After;
            StridedCopy.Run(context.Workers, box, value, 0, still, result, start + (pads[d].Before + length) * strides[d], strides);
            box[d] = shape[d];
        }
        StridedCopy.Run(context.Workers, input.Shape.Dims, input, 0, input.Shape.Strides(), result, inside, strides);
    }
}
