using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A list without elements.</summary>
[Op("EmptyTensorList")]
internal sealed class EmptyTensorList : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context => context.SetList(0, new TensorList(type, context.PartialShape(0), context.Int(1, "max_num_elements"))));
    }

    public static Gradient?[] Gradient(GradientContext g) => [null, null];
}
