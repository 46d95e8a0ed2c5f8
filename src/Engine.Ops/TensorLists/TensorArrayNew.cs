using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>A new array of tensors for a run.</summary>
[Op("TensorArrayV3", "TensorArrayV2", "TensorArray")]
internal sealed class TensorArrayNew : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.OutputCount > 1)
            c.SetOutput(1, PartialShape.Scalar);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        var shape = node.Shape("element_shape");
        var name = node.String("tensor_array_name");
        var options = new TensorArray.Options(node.Bool("dynamic_size"), node.Bool("clear_after_read"), node.Find("identical_element_shapes") is { } identical && identical.AsBool());
        return Kernel.From(context =>
        {
            var size = context.Int(0, "TensorArray size");
            if (size < 0)
                throw EngineException.InvalidArgument($"Size should be >= 0, but got {size}");
            if (size > 1 << 26)
                throw EngineException.InvalidArgument($"An array of {size} tensors cannot be allocated.");
            var unique = RunResources.UniqueName(context, name);
            RunResources.SetHandle(context, 0, "_tensor_arrays", unique, new TensorArray(unique, type, shape, size, options));
            if (context.OutputCount > 1)
                context.AllocateZeros(1, Shape.Scalar);
        });
    }
}
