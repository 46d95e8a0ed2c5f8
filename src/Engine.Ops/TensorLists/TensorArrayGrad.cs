using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>The array that holds the gradients of another array's elements; what is written twice adds up.</summary>
[Op("TensorArrayGradV3", "TensorArrayGradV2", "TensorArrayGrad", "TensorArrayGradWithShape")]
internal sealed class TensorArrayGrad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.OutputCount > 1)
            c.SetOutput(1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var source = node.String("source");
        return Kernel.From(context =>
        {
            var prepended = context.InputCount > 2 ? IndexTensor.Shape(context.Input(2), "shape_to_prepend") : null;
            var gradient = RunResources.Find<TensorArray>(context).Gradient(source, prepended);
            RunResources.SetHandle(context, 0, "_tensor_array_grads", gradient.Name, gradient);
            if (context.OutputCount > 1)
                context.SetOutput(1, context.Input(1));
        });
    }
}
