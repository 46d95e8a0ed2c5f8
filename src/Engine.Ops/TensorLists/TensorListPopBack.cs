using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A list without its last element, and the element; zeros when it is not set.</summary>
[Op("TensorListPopBack")]
internal sealed class TensorListPopBack : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, PartialShape.Scalar);
        c.SetOutput(1, c.ElementShape(1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var list = context.List(type);
            if (list.Items.Count == 0)
                throw EngineException.InvalidArgument("Trying to pop from an empty list.");
            var item = list.Items[^1] is { } known ? known.Share() : Tensor.Zeros(type, Unset(list.Merge(context.PartialShape(1))));
            context.MoveOutput(1, item);
            var rest = context.WritableList(list);
            // The list's own tensor goes, so that the element may be written in place.
            if (rest.Items[^1] is { } last)
                last.Dispose();
            rest.Items.RemoveAt(rest.Items.Count - 1);
        });
    }

    /// <summary>The shape of an element that is not set.</summary>
    internal static Shape Unset(PartialShape shape) => shape.IsFullyKnown
        ? shape.ToShape()
        : throw EngineException.InvalidArgument($"Trying to read an uninitialized element but element_shape is not fully defined: {shape}");

    public static Gradient?[] Gradient(GradientContext g)
    {
        var type = g.Type("element_dtype");
        var list = g.OutputGradientOrNull(0) is { } known ? known.Values : g.NewNode("EmptyTensorList")
            .Input(g.NewNode("TensorListElementShape").Input(g.Output(0)).Attr("shape_type", DType.Int32).Build()[0])
            .Input(g.Constant(Tensor.Scalar(-1))).Attr("element_dtype", type).Build()[0];
        return [g.NewNode("TensorListPushBack").Input(list).Input(g.OutputGradient(1)).Build()[0], null];
    }
}
