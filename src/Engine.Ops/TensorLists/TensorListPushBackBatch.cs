using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.TensorLists;

/// <summary>Lists with a row of a tensor added to each.</summary>
[Op("TensorListPushBackBatch")]
internal sealed class TensorListPushBackBatch : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        return Kernel.From(context =>
        {
            var lists = context.Input(0);
            var tensor = context.Input(1);
            if (lists.Rank != 1 || tensor.Rank < 1 || tensor.Shape[0] != lists.Shape[0])
                throw EngineException.InvalidArgument($"Expected as many rows as lists, but input_handles are of shape {lists.Shape} and the tensor of shape {tensor.Shape}");
            var row = tensor.Shape.Slice(1);
            var result = context.Allocate(0, lists.Shape).AsSpan<object>();
            for (var i = 0; i < result.Length; i++)
            {
                var list = lists.AsSpan<object>()[i] as TensorList ?? throw EngineException.InvalidArgument($"input_handles[{i}] is not a list.");
                list.CheckType(type);
                list.CheckShape(row);
                var longer = list.Copy();
                longer.Items.Add(TensorListFromTensor.Row(tensor, i, row));
                result[i] = longer;
            }
        });
    }

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[g.InputCount];
}
