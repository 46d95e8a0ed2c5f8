using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>The rows of a tensor as a list; they share its memory.</summary>
[Op("TensorListFromTensor")]
internal sealed class TensorListFromTensor : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context => context.SetList(0, RowsOf(context.Input(0), context.PartialShape(1), type)));
    }

    /// <summary>A tensor's rows as a list of elements of a shape.</summary>
    internal static TensorList RowsOf(Tensor tensor, PartialShape shape, DType type)
    {
        if (tensor.Rank < 1)
            throw EngineException.InvalidArgument($"Tensor must be at least a vector, but saw shape: {tensor.Shape}");
        var row = tensor.Shape.Slice(1);
        if (!shape.IsCompatibleWith(row))
            throw EngineException.InvalidArgument($"Specified a list with shape {shape} from a tensor with shape {row}");
        return tensor.Shape[0] <= TensorList.Most ? new TensorList(type, shape, -1, tensor.Share())
            : throw EngineException.InvalidArgument($"A list of {tensor.Shape[0]} tensors cannot be allocated.");
    }

    /// <summary>Row <paramref name="index"/> without the first dimension, sharing the memory.</summary>
    internal static Tensor Row(Tensor tensor, long index, Shape row)
    {
        using var rows = tensor.Rows(index, 1);
        return rows.Reshape(row);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var tensor = g.Input(0);
        var stack = g.NewNode("TensorListStack").Input(g.OutputGradient(0)).Input(RowShape(g, tensor)).Attr("element_dtype", g.Type("element_dtype"));
        if (tensor.Shape is { HasRank: true } shape && shape.Rank > 0 && shape[0] >= 0)
            stack.Attr("num_elements", shape[0]);
        return [stack.Build()[0], null];
    }

    /// <summary>The shape of a tensor's rows.</summary>
    internal static Value RowShape(GradientContext g, Value tensor) => g.NewNode("Slice").Input(g.NewNode("Shape").Input(tensor).Build()[0])
        .Input(g.Constant(Tensor.From<int>([1]))).Input(g.Constant(Tensor.From<int>([-1]))).Build()[0];
}
