using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>A list of consecutive pieces of a tensor along its first dimension; they share its memory.</summary>
[Op("TensorListSplit")]
internal sealed class TensorListSplit : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var tensor = context.Input(0);
            if (tensor.Rank < 1)
                throw EngineException.InvalidArgument($"Tensor must be at least a vector, but saw shape: {tensor.Shape}");
            var shape = context.PartialShape(1);
            var lengths = IndexTensor.Vector(context.Input(2), "lengths");
            // All pieces must fit: those of any length, in all dimensions but the first.
            if (!shape.IsCompatibleWith(PartialShape.Vector(-1).Concat(tensor.Shape.Slice(1))))
                throw EngineException.InvalidArgument($"tensor shape {tensor.Shape} is not compatible with element_shape {shape}");
            var list = new TensorList(type, shape);
            var start = 0L;
            foreach (var length in lengths)
            {
                if (length < 0)
                    throw EngineException.InvalidArgument($"Invalid value in lengths: {length}");
                if (length > tensor.Shape[0] - start)
                    throw EngineException.InvalidArgument($"Attempting to slice [{start}, {start + length}] from tensor with length {tensor.Shape[0]}");
                list.Items.Add(tensor.Rows(start, length));
                start += length;
            }
            if (start != tensor.Shape[0])
                throw EngineException.InvalidArgument($"Unused values in tensor. Length of tensor: {tensor.Shape[0]} Values used: {start}");
            context.SetList(0, list);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.NewNode("TensorListConcatV2").Input(g.OutputGradient(0)).Input(g.Input(1)).Input(g.Input(2))
            .Attr("element_dtype", g.Type("element_dtype")).Build()[0];
        return [gradient, null, null];
    }
}
