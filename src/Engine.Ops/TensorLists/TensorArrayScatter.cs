using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>Sets elements of an array to the rows of a tensor, each at its index.</summary>
[Op("TensorArrayScatterV3", "TensorArrayScatterV2", "TensorArrayScatter")]
internal sealed class TensorArrayScatter : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        return Kernel.From(context =>
        {
            var array = context.Array(type);
            var value = context.Input(2);
            if (value.Rank < 1)
                throw EngineException.InvalidArgument($"Expected value to be at least a vector, but received shape: {value.Shape}");
            var indices = IndexTensor.Vector(context.Input(1), "indices");
            if (indices.Length != value.Shape[0])
                throw EngineException.InvalidArgument($"Expected len(indices) == values.shape[0], but saw: {indices.Length} vs. {value.Shape[0]}");
            if (indices.Length > 0)
                array.Reserve(indices.Max() + 1);
            TensorArrayContext.WriteRows(array, value, indices);
            context.SetFlow(3);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var flow = g.OutputGradient(0);
        var array = g.GradientArray(flow);
        return [null, null, g.NewNode(g.Generation("TensorArrayGather")).Input(array.Handle).Input(g.Input(1)).Input(array.Flow).Attr("dtype", g.Type("T")).Build()[0], flow];
    }
}
