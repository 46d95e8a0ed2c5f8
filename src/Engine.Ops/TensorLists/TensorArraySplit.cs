using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>Sets the elements of an array to consecutive pieces of a tensor.</summary>
[Op("TensorArraySplitV3", "TensorArraySplitV2", "TensorArraySplit")]
internal sealed class TensorArraySplit : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        return Kernel.From(context =>
        {
            var array = context.Array(type);
            var value = context.Input(1);
            var lengths = IndexTensor.Vector(context.Input(2), "lengths");
            if (value.Rank < 1)
                throw EngineException.InvalidArgument($"Expected value to be at least a vector, but received shape: {value.Shape}");
            var total = 0L;
            foreach (var length in lengths)
            {
                if (length < 0 || length > value.Shape[0] - total)
                    throw EngineException.InvalidArgument($"Expected sum of lengths to be equal to values.shape[0], but a length is {length} and values.shape[0] is {value.Shape[0]}");
                total += length;
            }
            if (total != value.Shape[0])
                throw EngineException.InvalidArgument($"Expected sum of lengths to be equal to values.shape[0], but sum of lengths is {total} and value's shape is: {value.Shape}");
            array.Reserve(lengths.Length);
            if (array.Count != lengths.Length)
                throw EngineException.InvalidArgument($"TensorArray's size is not equal to the size of lengths ({array.Count} vs. {lengths.Length}), and the TensorArray is not marked as dynamically resizeable");
            var start = 0L;
            for (var i = 0; i < lengths.Length; i++)
            {
                array.Write(i, value.Rows(start, lengths[i]));
                start += lengths[i];
            }
            context.SetFlow(3);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var flow = g.OutputGradient(0);
        var array = g.GradientArray(flow);
        return [null, g.NewNode(g.Generation("TensorArrayConcat")).Input(array.Handle).Input(array.Flow).Attr("dtype", g.Type("T")).Build()[0], null, flow];
    }
}
