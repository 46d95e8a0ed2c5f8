using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Zeros of a given shape, with the gradient of a strided slice put where the slice was taken from.</summary>
[Op("StridedSliceGrad")]
internal sealed class StridedSliceGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.InputAsShape(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Float8);
        var masks = StridedSliceSpec.Masks.Of(node.Node);
        return Kernel.From(context =>
        {
            var shape = IndexTensor.Shape(context.Input(0), "shape");
            var spec = StridedSliceSpec.Resolve(shape.Dims, context.Input(1), context.Input(2), context.Input(3), masks);
            var gradient = context.Input(4);
            if (!gradient.Shape.Dims.SequenceEqual(spec.ResultDims))
                throw EngineException.InvalidArgument($"shape of dy was {gradient.Shape} instead of [{string.Join(',', spec.ResultDims)}]");
            var result = context.AllocateZeros(0, shape);
            if (gradient.Count == 0)
                return;
            var (start, strides) = spec.Walk(shape);
            StridedCopy.Run(context.Workers, spec.Length, gradient, 0, new Shape(spec.Length).Strides(), result, start, strides);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var node = g.NewNode("StridedSlice").Input(g.OutputGradient(0)).Input(g.Input(1)).Input(g.Input(2)).Input(g.Input(3));
        foreach (var mask in (ReadOnlySpan<string>)["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"])
            node.Attr(mask, g.Attr(mask));
        return [null, null, null, null, node.Build()[0]];
    }
}
