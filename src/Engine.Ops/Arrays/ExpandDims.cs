using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input with a dimension of length 1 put in.</summary>
[Op("ExpandDims")]
internal sealed class ExpandDims : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.Input(0);
        if (!shape.HasRank)
            return;
        if (c.InputScalar(1) is not { } dim)
        {
            c.SetOutput(0, PartialShape.OfRank(shape.Rank + 1));
            return;
        }
        var axis = IndexTensor.Axis(dim, shape.Rank + 1, "dim");
        c.SetOutput(0, shape.Slice(0, axis).Concat(PartialShape.Vector(1)).Concat(shape.Slice(axis)));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var shape = context.Input(0).Shape;
        if (context.Input(1).Count != 1)
            throw EngineException.InvalidArgument("'dim' must be a tensor with a single value");
        var axis = IndexTensor.Axis(IndexTensor.Read(context.Input(1))[0], shape.Rank + 1, "dim");
        context.ForwardAs(0, 0, new Shape([.. shape.Dims[..axis], 1, .. shape.Dims[axis..]]));
    });

    public static bool ActsOnRows(RewriteContext c) => RowAxes.Keep(c, c.Input(1), added: 1);

    public static Gradient?[] Gradient(GradientContext g) => [g.ReshapeLike(g.OutputGradient(0), g.Input(0)), null];
}
