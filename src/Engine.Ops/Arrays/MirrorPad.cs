using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Nn;

namespace Engine.Ops.Arrays;

/// <summary>The input with its mirror image around it: REFLECT leaves the edge out of the image, SYMMETRIC repeats it.</summary>
[Op("MirrorPad")]
internal sealed class MirrorPad : IOp
{
    public static void InferShapes(InferenceContext c) => Paddings.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized);
        var edge = node.String("mode") == "REFLECT" ? 1 : 0;
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var pads = Paddings.Read(context.Input(1), input.Rank);
            for (var d = 0; d < pads.Length; d++)
            {
                if (pads[d].Before > input.Shape[d] - edge || pads[d].After > input.Shape[d] - edge)
                    throw EngineException.InvalidArgument($"paddings must be {(edge == 1 ? "less than" : "no greater than")} the dimension size: {pads[d].Before}, {pads[d].After} not {(edge == 1 ? "less than" : "<=")} {input.Shape[d]}");
            }
            var shape = Paddings.Outer(input.Shape, pads);
            if (shape == input.Shape)
            {
                context.Forward(0, 0);
                return;
            }
            var result = context.Allocate(0, shape);
            if (shape.Count == 0)
                return;
            var strides = shape.Strides();
            var box = input.Shape.Dims.ToArray();
            var start = 0L;
            for (var d = 0; d < box.Length; d++)
                start += pads[d].Before * strides[d];
            StridedCopy.Run(context.Workers, box, input, 0, input.Shape.Strides(), result, start, strides);
            // The innermost dimension first: each next one mirrors rows that are complete.
            for (var d = box.Length - 1; d >= 0; d--)
            {
                var (before, after) = pads[d];
                var mirrored = (long[])strides.Clone();
                mirrored[d] = -strides[d];
                box[d] = before;
                StridedCopy.Run(context.Workers, box, result, start + (edge + before - 1) * strides[d], mirrored, result, start - before * strides[d], strides);
                var end = start + input.Shape[d] * strides[d];
                box[d] = after;
                StridedCopy.Run(context.Workers, box, result, end - (1 + edge) * strides[d], mirrored, result, end, strides);
                box[d] = shape[d];
                start -= before * strides[d];
            }
        });
    }

    public static bool ActsOnRows(RewriteContext c) => c.Input(1).Constant is { Rank: 2, Count: > 1 } frame && SizeInput.Elements(frame) is [0, 0, ..];

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("MirrorPadGrad").Input(g.OutputGradient(0)).Input(g.Input(1)).Attr("mode", g.Attr("mode")).Build()[0], null];
}
