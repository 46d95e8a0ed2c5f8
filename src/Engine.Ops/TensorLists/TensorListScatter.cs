using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>A list whose elements are the rows of a tensor, each at its index.</summary>
[Op("TensorListScatter", "TensorListScatterV2")]
internal sealed class TensorListScatter : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var list = new TensorList(type, context.PartialShape(2));
            var count = context.InputCount > 3 ? context.Int(3, "num_elements") : -1;
            if (count < -1)
                throw EngineException.InvalidArgument($"TensorListScatter expects num_elements >= -1, found: {count}");
            var length = CheckIndices(context.Input(0), context.Input(1), out var indices);
            if (count >= 0 && length > count)
                throw EngineException.InvalidArgument($"TensorListScatter: Trying to scatter at index {length - 1} in list with size {count}");
            list.Resize(count >= 0 ? count : length);
            list.CheckShape(context.Input(0).Shape.Slice(1));
            Fill(list, context.Input(0), indices);
            context.SetList(0, list);
        });
    }

    /// <summary>The length a list needs for these indices.</summary>
    internal static long CheckIndices(Tensor tensor, Tensor indexTensor, out long[] indices)
    {
        if (tensor.Rank < 1)
            throw EngineException.InvalidArgument($"Tensor must be at least a vector, but saw shape: {tensor.Shape}");
        indices = IndexTensor.Vector(indexTensor, "indices");
        if (indices.Length != tensor.Shape[0])
            throw EngineException.InvalidArgument($"Invalid number of rows in input tensor. Expected: {indices.Length} Actual: {tensor.Shape[0]}");
        var length = 0L;
        foreach (var i in indices)
        {
            if (i < 0)
                throw EngineException.InvalidArgument("Indices in TensorListScatter must all be non-negative.");
            length = Math.Max(length, i + 1);
        }
        return length;
    }

    /// <summary>Sets elements to the rows of a tensor.</summary>
    internal static void Fill(TensorList list, Tensor tensor, long[] indices)
    {
        var row = tensor.Shape.Slice(1);
        for (var i = 0; i < indices.Length; i++)
            list.Items[(int)indices[i]] = TensorListFromTensor.Row(tensor, i, row);
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var gradient = g.NewNode("TensorListGather").Input(g.OutputGradient(0)).Input(g.Input(1)).Input(TensorListFromTensor.RowShape(g, g.Input(0)))
            .Attr("element_dtype", g.Type("element_dtype")).Build()[0];
        return g.InputCount > 3 ? [gradient, null, null, null] : [gradient, null, null];
    }
}
