using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A list with the rows of a tensor put in, each at its index.</summary>
[Op("TensorListScatterIntoExistingList")]
internal sealed class TensorListScatterIntoExistingList : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var list = context.List(type);
            var length = TensorListScatter.CheckIndices(context.Input(1), context.Input(2), out var indices);
            var result = context.WritableList(list);
            if (length > result.Items.Count)
                result.Resize(length);
            TensorListScatter.Fill(result, context.Input(1), indices);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var list = g.OutputGradient(0);
        var tensor = g.Input(1);
        var rest = g.NewNode("TensorListScatterIntoExistingList").Input(list).Input(g.NewNode("ZerosLike").Input(tensor).Build()[0]).Input(g.Input(2)).Build()[0];
        var rows = g.NewNode("TensorListGather").Input(list).Input(g.Input(2)).Input(TensorListFromTensor.RowShape(g, tensor))
            .Attr("element_dtype", g.Type("element_dtype")).Build()[0];
        return [rest, rows, null];
    }
}
