using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>numpy's indexing with ranges, steps, ellipsis, new axes and single indices.</summary>
[Op("StridedSlice")]
internal sealed class StridedSlice : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        if (c.InputTensor(1) is { } begin && c.InputTensor(2) is { } end && c.InputTensor(3) is { } strides && input.HasRank)
            c.SetOutput(0, new PartialShape(StridedSliceSpec.Resolve(input.Dims, begin, end, strides, StridedSliceSpec.Masks.Of(c.Node)).ResultDims));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Float8);
        var masks = StridedSliceSpec.Masks.Of(node.Node);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var spec = StridedSliceSpec.Resolve(input.Shape.Dims, context.Input(1), context.Input(2), context.Input(3), masks);
            var shape = new Shape(spec.ResultDims);
            if (shape.Count == input.Count && IsWhole(spec))
                context.ForwardAs(0, 0, shape);
            else
                Copy(context, input, spec, shape);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var begin = g.Input(1);
        var node = g.NewNode("StridedSliceGrad").Input(g.ShapeOf(g.Input(0), begin.Type.Base() == DType.Int64 ? DType.Int64 : DType.Int32))
            .Input(begin).Input(g.Input(2)).Input(g.Input(3)).Input(g.OutputGradient(0));
        foreach (var mask in (ReadOnlySpan<string>)["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"])
            node.Attr(mask, g.Attr(mask));
        return [node.Build()[0], null, null, null];
    }

    /// <summary>Whether every element is taken, in order.</summary>
    private static bool IsWhole(StridedSliceSpec spec)
    {
        for (var d = 0; d < spec.Stride.Length; d++)
        {
            if (spec.Stride[d] < 0 && spec.Length[d] > 1)
                return false;
        }
        return true;
    }

    private static void Copy(KernelContext context, Tensor input, StridedSliceSpec spec, Shape shape)
    {
        var result = context.Allocate(0, shape);
        if (shape.Count == 0)
            return;
        var (start, strides) = spec.Walk(input.Shape);
        StridedCopy.Run(context.Workers, spec.Length, input, start, strides, result, 0, new Shape(spec.Length).Strides());
    }
}
