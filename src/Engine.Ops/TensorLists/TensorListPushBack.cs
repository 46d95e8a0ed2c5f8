using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A list with a tensor added at its end.</summary>
[Op("TensorListPushBack")]
internal sealed class TensorListPushBack : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var list = context.List(type);
            list.CheckShape(context.Input(1).Shape);
            if (list.Maximum >= 0 && list.Items.Count >= list.Maximum)
                throw EngineException.InvalidArgument($"Tried to push item into a full list. List size: {list.Items.Count} max_num_elements: {list.Maximum}");
            var item = context.Take(1);
            context.WritableList(list).Items.Add(item);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var shape = g.NewNode("Shape").Input(g.Input(1)).Build()[0];
        var pop = g.NewNode("TensorListPopBack").Input(g.OutputGradient(0)).Input(shape).Attr("element_dtype", g.Type("element_dtype")).Build();
        return [pop[0], pop[1]];
    }
}
