using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>Elements of a list by index as one tensor; zeros for those that are not set.</summary>
[Op("TensorListGather")]
internal sealed class TensorListGather : IOp
{
    public static void InferShapes(InferenceContext c)
    {
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var list = context.List(type);
            var indices = IndexTensor.Read(context.Input(1));
            var shape = list.Merge(context.PartialShape(2));
            var items = new Tensor?[indices.Length];
            for (var i = 0; i < items.Length; i++)
            {
                if (indices[i] < 0 || indices[i] >= list.Items.Count)
                    throw EngineException.InvalidArgument($"Index {indices[i]} out o range; list only has {list.Items.Count} elements.");
                items[i] = list.Items[(int)indices[i]];
            }
            if (!shape.IsFullyKnown && items.Length == 0)
                throw EngineException.InvalidArgument($"Tried to gather elements of an empty list with non-fully-defined element_shape: {shape}");
            foreach (var item in items)
            {
                if (item is null)
                    continue;
                if (!shape.IsCompatibleWith(item.Shape))
                    throw EngineException.InvalidArgument($"Tried to gather tensors with unequal shapes: {shape} vs. {item.Shape}");
                shape = item.Shape;
            }
            if (!shape.IsFullyKnown)
                shape = list.MergeAll(shape);
            if (!shape.IsFullyKnown)
                throw EngineException.InvalidArgument($"Tried to gather uninitialized tensors from a list with non-fully-defined element_shape: {shape}");
            ListContext.CopyRows(context, items, context.Allocate(0, Shape.Vector(items.Length).Concat(shape.ToShape())));
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var list = g.Input(0);
        var shape = g.NewNode("TensorListElementShape").Input(list).Attr("shape_type", DType.Int32).Build()[0];
        var scattered = g.NewNode("TensorListScatterV2").Input(g.OutputGradient(0)).Input(g.Input(1)).Input(shape)
            .Input(g.NewNode("TensorListLength").Input(list).Build()[0]).Build()[0];
        return [scattered, null, null];
    }
}
