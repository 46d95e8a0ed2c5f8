using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Ragged;

/// <summary>The gradient of the values of RaggedTensorToVariant: the variants' values one after another.</summary>
[Op("RaggedTensorToVariantGradient")]
internal sealed class RaggedTensorToVariantGradient : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.InputAsShape(2));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("Tvalues", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized | TypeGroups.Quantized16);
        return Kernel.From(context =>
        {
            var parts = RaggedVariant.Read(context.Input(0));
            if (context.Input(1).Rank > 1)
                throw EngineException.InvalidArgument($"row_splits must be a vector or a scalar, got {context.Input(1).Shape}");
            var shape = IndexTensor.Shape(context.Input(2), "dense_values_shape");
            var result = context.AllocateZeros(0, shape);
            using var flat = result.Reshape(Shape.Vector(result.Count));
            var at = 0L;
            foreach (var part in parts)
            {
                if (part.Values.Type != type)
                    throw EngineException.InvalidArgument($"Expected values Tensor dtype: {type.Name()}, found: {part.Values.Type.Name()}");
                if (part.Values.Count > result.Count - at)
                    throw EngineException.InvalidArgument($"The gradients have more values than dense_values_shape {shape}");
                using var values = part.Values.Reshape(Shape.Vector(part.Values.Count));
                ValueRows.Copy(values, 0, flat, at, values.Count);
                at += values.Count;
            }
        });
    }
}
