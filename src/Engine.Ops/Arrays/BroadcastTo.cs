using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input broadcast to a shape.</summary>
[Op("BroadcastTo")]
internal sealed class BroadcastTo : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRank(c.Input(1), 1);
        var (input, shape) = (c.Input(0), c.InputAsShape(1));
        if (input.HasRank && shape.HasRank)
        {
            c.WithRankAtMost(input, shape.Rank);
            for (var i = 1; i <= input.Rank; i++)
            {
                if (input[-i] > 1 && shape[-i] >= 0 && input[-i] != shape[-i])
                    throw c.Fail($"Dimensions must be equal, but are {input[-i]} and {shape[-i]}");
            }
        }
        c.SetOutput(0, shape);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Float8);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var shape = IndexTensor.Shape(context.Input(1), "shape");
            if (shape == input.Shape)
            {
                context.Forward(0, 0);
                return;
            }
            if (input.Rank > shape.Rank)
                throw EngineException.InvalidArgument($"Rank of input ({input.Rank}) must be no greater than rank of output shape ({shape.Rank}).");
            var from = new long[shape.Rank];
            var strides = input.Shape.Strides();
            for (var i = 1; i <= input.Rank; i++)
            {
                if (input.Shape[-i] != 1 && input.Shape[-i] != shape[-i])
                    throw EngineException.InvalidArgument($"Incompatible shapes: {input.Shape} vs. {shape}");
                from[^i] = input.Shape[-i] == 1 ? 0 : strides[^i];
            }
            StridedCopy.Run(context.Workers, shape.Dims, input, 0, from, context.Allocate(0, shape), 0, shape.Strides());
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => [g.SumToShapeOf(g.OutputGradient(0), g.Input(0)), null];
}
