using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Sets all elements of an array to the rows of a tensor.</summary>
[Op("TensorArrayUnpack")]
internal sealed class TensorArrayUnpack : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        return Kernel.From(context =>
        {
            var array = context.Array(type);
            var value = context.Input(1);
            if (value.Rank < 1)
                throw EngineException.InvalidArgument($"Expected value to be at least a vector, but received shape: {value.Shape}");
            array.Reserve(value.Shape[0]);
            if (array.Count != value.Shape[0])
                throw EngineException.InvalidArgument($"Input value must have first dimension equal to the array size ({value.Shape[0]} vs. {array.Count})");
            var indices = new long[value.Shape[0]];
            for (var i = 0; i < indices.Length; i++)
                indices[i] = i;
            TensorArrayContext.WriteRows(array, value, indices);
            context.SetFlow(2);
        });
    }
}
