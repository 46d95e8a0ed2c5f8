using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.TensorLists;

/// <summary>The elements of a list joined along their first dimension, and how long each is there; zeros for those that are not set.</summary>
[Op("TensorListConcat", "TensorListConcatV2")]
internal sealed class TensorListConcat : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(1, PartialShape.OfRank(1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("element_dtype");
        var fixedShape = node.InputCount == 1 ? node.Shape("element_shape") : null;
        return Kernel.From(context =>
        {
            var list = context.List(type);
            var given = list.Merge(fixedShape ?? context.PartialShape(1));
            if (given.Rank == 0)
                throw EngineException.InvalidArgument("Concat requires elements to be at least vectors, found scalars instead.");
            var inner = InnerShape(list, given.HasRank ? given.Slice(1) : PartialShape.Unknown);
            var lengths = Lengths(list, given, context.InputCount > 2 ? IndexTensor.Vector(context.Input(2), "leading_dims") : []);
            var total = 0L;
            foreach (var n in lengths)
                total = checked(total + n);
            IndexTensor.Write(lengths, context.Allocate(1, lengths.Length));
            var result = context.Allocate(0, Shape.Vector(total).Concat(inner));
            var start = 0L;
            for (var i = 0; i < lengths.Length; i++)
            {
                using var rows = result.Rows(start, lengths[i]);
                start += lengths[i];
                if (list.Items[i] is { } item)
                    rows.CopyFrom(item);
                else
                    rows.Clear();
            }
        });
    }

    private static Shape InnerShape(TensorList list, PartialShape shape)
    {
        foreach (var item in list.Items)
        {
            if (item is null)
                continue;
            if (item.Rank < 1)
                throw EngineException.InvalidArgument("Concat saw a scalar shape at an element but requires at least vectors.");
            if (!shape.IsCompatibleWith(item.Shape.Slice(1)))
                throw EngineException.InvalidArgument($"Tried to concat tensors with unequal shapes: {shape} vs {item.Shape.Slice(1)}");
            shape = item.Shape.Slice(1);
        }
        return shape.IsFullyKnown
            ? shape.ToShape()
            : throw EngineException.InvalidArgument($"All except the first dimension must be fully defined when concating an empty tensor list. element_shape_except_first_dim: {shape}");
    }

    private static long[] Lengths(TensorList list, PartialShape shape, long[] leading)
    {
        var lengths = new long[list.Items.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            if (list.Items[i] is { } item)
            {
                lengths[i] = item.Shape[0];
            }
            else if (shape.HasRank && shape[0] >= 0)
            {
                lengths[i] = shape[0];
            }
            else if (leading.Length == 0)
            {
                throw EngineException.InvalidArgument("Concating lists with uninitialized tensors is not supported in this version of TensorListConcat. Consider updating your GraphDef to run the newer version.");
            }
            else
            {
                lengths[i] = i < leading.Length ? leading[i] : throw EngineException.InvalidArgument(
                    $"List contains uninitialized tensor at index {i} but leading_dims has only {leading.Length} elements.");
                if (lengths[i] < 0)
                    throw EngineException.InvalidArgument($"leading_dims[{i}] = {lengths[i]} must not be negative.");
            }
        }
        return lengths;
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var shape = g.NewNode("TensorListElementShape").Input(g.Input(0)).Attr("shape_type", DType.Int32).Build()[0];
        var list = g.NewNode("TensorListSplit").Input(g.OutputGradient(0)).Input(shape).Input(g.Output(1)).Build()[0];
        return g.InputCount > 2 ? [list, null, null] : [list];
    }
}
