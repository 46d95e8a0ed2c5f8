using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A list with one element replaced; beyond its end it grows, if it may.</summary>
[Op("TensorListSetItem")]
internal sealed class TensorListSetItem : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        var resize = node.Find("resize_if_index_out_of_bounds") is { } attr && attr.AsBool();
        return Kernel.From(context =>
        {
            var list = context.List(type);
            var index = context.Int(1, "index");
            if (index < 0 || (index >= list.Items.Count && !resize))
                throw EngineException.InvalidArgument($"Trying to modify element {index} in a list with {list.Items.Count} elements.");
            list.CheckShape(context.Input(2).Shape);
            var item = context.Take(2);
            var result = context.WritableList(list);
            if (index >= result.Items.Count)
                result.Resize(index + 1L);
            result.Items[index]?.Dispose();
            result.Items[index] = item;
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var list = g.OutputGradient(0);
        var item = g.Input(2);
        var rest = g.NewNode("TensorListSetItem").Input(list).Input(g.Input(1)).Input(g.NewNode("ZerosLike").Input(item).Build()[0]).Build()[0];
        var element = g.NewNode("TensorListGetItem").Input(list).Input(g.Input(1)).Input(g.NewNode("Shape").Input(item).Build()[0])
            .Attr("element_dtype", g.Type("element_dtype")).Build()[0];
        return [rest, null, element];
    }
}
