using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>Elements of an array by index as one tensor.</summary>
[Op("TensorArrayGatherV3", "TensorArrayGatherV2", "TensorArrayGather")]
internal sealed class TensorArrayGather : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Vector(c.Input(1).Rank == 1 ? c.Input(1)[0] : -1).Concat(c.Attr("element_shape").AsShape()));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        var shape = node.Shape("element_shape");
        return Kernel.From(context =>
        {
            var array = context.Array(type);
            TensorArrayContext.Stack(context, array, IndexTensor.Vector(context.Input(1), "indices"), shape);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var array = g.GradientArray(g.Input(2));
        return [null, null, g.NewNode(g.Generation("TensorArrayScatter")).Input(array.Handle).Input(g.Input(1)).Input(g.OutputGradient(0)).Input(array.Flow).Build()[0]];
    }
}
