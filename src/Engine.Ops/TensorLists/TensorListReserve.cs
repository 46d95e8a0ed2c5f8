using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A list of a number of elements that are not set.</summary>
[Op("TensorListReserve")]
internal sealed class TensorListReserve : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context => context.SetList(0, Unset(context.PartialShape(0), context.Int(1, "num_elements"), type)));
    }

    /// <summary>A list of elements that are not set.</summary>
    internal static TensorList Unset(PartialShape shape, int count, DType type)
    {
        if (count < 0)
            throw EngineException.InvalidArgument($"The num_elements to reserve must be a non negative number, but got {count}");
        var list = new TensorList(type, shape);
        list.Resize(count);
        return list;
    }

    public static Gradient?[] Gradient(GradientContext g) => [null, null];
}
