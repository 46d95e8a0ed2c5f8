using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>What is known of the shape of a list's elements: -1 for unknown dimensions, the scalar -1 for an unknown rank.</summary>
[Op("TensorListElementShape")]
internal sealed class TensorListElementShape : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var shape = context.List(0).ElementShape;
        IndexTensor.Write(shape.HasRank ? shape.Dims : [-1], context.Allocate(0, shape.HasRank ? Shape.Vector(shape.Rank) : Shape.Scalar));
    });

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[g.InputCount];
}
