using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Images;

/// <summary>The gradient of <see cref="ScaleAndTranslate"/>.</summary>
[Op("ScaleAndTranslateGrad")]
internal sealed class ScaleAndTranslateGrad : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(1));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T") != DType.Float32)
            throw node.NoKernel();
        var filter = ScaleAndTranslate.Filter(node);
        var antialias = node.Bool("antialias");
        return Kernel.From(context =>
        {
            var gradients = context.Input(0);
            var shape = ResizeGeometry.OriginalShape(gradients, context.Input(1));
            var scale = ScaleAndTranslate.Pair(context.Input(2), true);
            var translation = ScaleAndTranslate.Pair(context.Input(3), false);
            var output = context.Allocate(0, shape);
            var rows = filter.Spans((int)shape[1], (int)gradients.Shape[1], scale.Rows, translation.Rows, antialias);
            var columns = filter.Spans((int)shape[2], (int)gradients.Shape[2], scale.Columns, translation.Columns, antialias);
            SeparableResampling.Backward<float>(context, gradients, rows, columns, output);
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();
}
