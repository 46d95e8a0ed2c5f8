using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The dimensions of each input, as vectors.</summary>
[Op("Shape", "ShapeN")]
internal sealed class ShapeOp : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 0; i < c.InputCount; i++)
            c.SetOutput(i, PartialShape.Vector(c.Input(i).Rank));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        for (var i = 0; i < context.InputCount; i++)
        {
            var shape = context.Input(i).Shape;
            IndexTensor.Write(shape.Dims, context.Allocate(i, shape.Rank));
        }
    });

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[g.InputCount];
}
