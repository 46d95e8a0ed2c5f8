using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input with a strided slice of it replaced by a value, which is broadcast.</summary>
[Op("TensorStridedSliceUpdate")]
internal sealed class TensorStridedSliceUpdate : IOp
{
    private static readonly string[] MaskNames = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"];

    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Float8);
        var masks = StridedSliceSpec.Masks.Of(node.Node);
        return Kernel.From(context =>
        {
            var value = context.Input(4);
            var spec = StridedSliceSpec.Resolve(context.Input(0).Shape.Dims, context.Input(1), context.Input(2), context.Input(3), masks);
            var writes = SliceAssignment.Check(spec, value);
            var result = context.CopyOrForward(0, 0);
            if (writes)
                SliceAssignment.Write(context.Workers, result, spec, value);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.OutputGradient(0);
        var taken = g.NewNode("StridedSlice").Input(gradient).Input(g.Input(1)).Input(g.Input(2)).Input(g.Input(3));
        var kept = g.NewNode("TensorStridedSliceUpdate").Input(gradient).Input(g.Input(1)).Input(g.Input(2)).Input(g.Input(3)).Input(g.ZerosLike(g.Input(4)));
        foreach (var mask in MaskNames)
        {
            taken.Attr(mask, g.Attr(mask));
            kept.Attr(mask, g.Attr(mask));
        }
        return [kept.Build()[0], null, null, null, g.SumToShapeOf(taken.Build()[0], g.Input(4))];
    }
}
