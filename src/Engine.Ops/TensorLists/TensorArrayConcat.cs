using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.TensorLists;

/// <summary>The elements of an array joined along their first dimension, and how long each is there.</summary>
[Op("TensorArrayConcatV3", "TensorArrayConcatV2", "TensorArrayConcat")]
internal sealed class TensorArrayConcat : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, PartialShape.Vector(-1).Concat(c.Attr("element_shape_except0").AsShape()));
        c.SetOutput(1, PartialShape.OfRank(1));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        var inner = node.Shape("element_shape_except0");
        return Kernel.From(context =>
        {
            var array = context.Array(type);
            var items = new Tensor[array.Count];
            if (items.Length == 0 && !inner.IsFullyKnown)
            {
                throw EngineException.Unimplemented($"TensorArray has size zero, but element_shape_except0 {inner} is not fully defined. "
                    + "Currently only static shapes are supported when concatenating zero-size TensorArrays.");
            }
            for (var i = 0; i < items.Length; i++)
                items[i] = array.Read(i);
            Join(context, items, inner);
            foreach (var item in items)
                item.Dispose();
        });
    }

    private static void Join(KernelContext context, Tensor[] items, PartialShape inner)
    {
        var lengths = new long[items.Length];
        var total = 0L;
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Rank < 1)
                throw EngineException.InvalidArgument($"Concat saw a scalar shape at index {i} but requires at least vectors.");
            if (!inner.IsCompatibleWith(items[i].Shape.Slice(1)))
            {
                throw EngineException.InvalidArgument($"TensorArray has inconsistent shapes. Index 0 has (excepting dimension 0) shape: {inner} "
                    + $"but index {i} has (excepting dimension 0) shape: {items[i].Shape.Slice(1)}");
            }
            inner = items[i].Shape.Slice(1);
            lengths[i] = items[i].Shape[0];
            total += lengths[i];
        }
        var result = context.Allocate(0, Shape.Vector(total).Concat(inner.ToShape()));
        var start = 0L;
        for (var i = 0; i < items.Length; i++)
        {
            using var rows = result.Rows(start, lengths[i]);
            rows.CopyFrom(items[i]);
            start += lengths[i];
        }
        IndexTensor.Write(lengths, context.Allocate(1, lengths.Length));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var array = g.GradientArray(g.Input(1));
        return [null, g.NewNode(g.Generation("TensorArraySplit")).Input(array.Handle).Input(g.OutputGradient(0)).Input(g.Output(1)).Input(array.Flow).Build()[0]];
    }
}
