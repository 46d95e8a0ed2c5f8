using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>All elements of an array as one tensor.</summary>
[Op("TensorArrayPack")]
internal sealed class TensorArrayPack : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Vector(-1).Concat(c.Attr("element_shape").AsShape()));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        var shape = node.Shape("element_shape");
        return Kernel.From(context =>
        {
            var array = context.Array(type);
            var indices = new long[array.Count];
            for (var i = 0; i < indices.Length; i++)
                indices[i] = i;
            TensorArrayContext.Stack(context, array, indices, shape);
        });
    }
}
