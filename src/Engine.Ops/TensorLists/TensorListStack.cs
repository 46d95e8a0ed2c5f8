using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The elements of a list as one tensor, along a new first dimension; zeros for those that are not set.</summary>
[Op("TensorListStack")]
internal sealed class TensorListStack : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var count = c.Attr("num_elements").AsInt();
        if (c.InputTensor(1) is { Rank: 1 })
            c.SetOutput(0, PartialShape.Vector(count).Concat(c.InputAsShape(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        var expected = node.Int("num_elements");
        return Kernel.From(context =>
        {
            var list = context.List(type);
            if (expected != -1 && list.Count != expected)
                throw EngineException.InvalidArgument($"Operation expected a list with {expected} elements but got a list with {list.Count} elements.");
            if (list.Whole is { } whole && whole.Shape[0] > 0 && list.Merge(context.PartialShape(1)).IsCompatibleWith(whole.Shape.Slice(1)))
            {
                context.MoveOutput(0, context.IsExclusive(0) && list.Take() is { } taken ? taken : whole.Share());
                return;
            }
            var shape = StackedShape(list, context.PartialShape(1));
            ListContext.CopyRows(context, list.Items, context.Allocate(0, Shape.Vector(list.Items.Count).Concat(shape)));
        });
    }

    public static bool Fuse(RewriteContext c) => Nn.Recurrent.GivesStack(c);

    /// <summary>The shape that all elements have, which must be known.</summary>
    internal static Shape StackedShape(TensorList list, PartialShape given)
    {
        var shape = list.Merge(given);
        if (!shape.IsFullyKnown && list.Items.Count == 0)
            throw EngineException.InvalidArgument($"Tried to stack elements of an empty list with non-fully-defined element_shape: {shape}");
        foreach (var item in list.Items)
        {
            if (item is null)
                continue;
            if (!shape.IsCompatibleWith(item.Shape))
                throw EngineException.InvalidArgument($"Tried to stack tensors with unequal shapes: {shape} vs. {item.Shape}");
            shape = item.Shape;
        }
        return shape.IsFullyKnown
            ? shape.ToShape()
            : throw EngineException.InvalidArgument($"Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element_shape: {shape}");
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var shape = g.NewNode("TensorListElementShape").Input(g.Input(0)).Attr("shape_type", DType.Int32).Build()[0];
        return [g.NewNode("TensorListFromTensor").Input(g.OutputGradient(0)).Input(shape).Build()[0], null];
    }
}
