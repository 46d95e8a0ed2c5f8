using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>One value everywhere.</summary>
[Op("Fill")]
internal sealed class Fill : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.WithRankAtMost(c.Input(0), 1);
        c.SetOutput(0, c.Input(0).Rank == 0 ? PartialShape.OfRank(1) : c.InputAsShape(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common | TypeGroups.Quantized | TypeGroups.Quantized16 | TypeGroups.FourBits);
        return Kernel.From(context =>
        {
            var shape = new Shape(IndexTensor.VectorOrScalar(context.Input(0), "dims"));
            var value = context.Input(1);
            if (value.Rank > 1 || value.Count != 1)
                throw EngineException.InvalidArgument($"value must represent a scalar, got shape {value.Shape}");
            StridedCopy.Fill(context.Workers, value, context.Allocate(0, shape));
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.OutputGradient(0);
        var axes = g.Node("Range", g.Int(0), g.Node("Rank", gradient), g.Int(1));
        return [null, g.Node("Sum", gradient, axes)];
    }
}
