using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>An element of a list; zeros when it is not set.</summary>
[Op("TensorListGetItem")]
internal sealed class TensorListGetItem : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.ElementShape(2));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var list = context.List(type);
            var index = context.Int(1, "index");
            if (index < 0 || index >= list.Items.Count)
                throw EngineException.InvalidArgument($"Trying to access element {index} in a list with {list.Items.Count} elements.");
            context.MoveOutput(0, list.Items[index] is { } item ? item.Share() : Tensor.Zeros(type, TensorListPopBack.Unset(list.MergeAll(context.PartialShape(2)))));
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var list = g.Input(0);
        var zeros = g.NewNode("TensorListReserve")
            .Input(g.NewNode("TensorListElementShape").Input(list).Attr("shape_type", DType.Int32).Build()[0])
            .Input(g.NewNode("TensorListLength").Input(list).Build()[0]).Attr("element_dtype", g.Type("element_dtype")).Build()[0];
        return [g.NewNode("TensorListSetItem").Input(zeros).Input(g.Input(1)).Input(g.OutputGradient(0)).Build()[0], null, null];
    }
}
