using System.Runtime.CompilerServices;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Ragged;

/// <summary>A ragged tensor as a dense one, filled up with a default value, or cut.</summary>
[Op("RaggedTensorToTensor")]
internal sealed class RaggedTensorToTensor : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var types = RowPartitions.Types(c.Attr("row_partition_types"));
        if (c.Input(1).Rank == 0)
            throw c.Fail("values must be at least a vector");
        if (c.InputTensor(0) is { } wanted && c.Input(1).HasRank)
        {
            var shape = RowPartitions.ResultShape(RowPartitions.RaggedRank(types), wanted, c.Input(1));
            c.SetOutput(0, new PartialShape(shape));
        }
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized | TypeGroups.Quantized16);
        var types = RowPartitions.Types(node.Node.Attr("row_partition_types"));
        return Kernel.From(context => Run(context, types));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        // Where each element of the result came from: its row in the values, or -1 for the default value.
        var (values, missing, gradient) = (g.Input(1), g.Input(2), g.OutputGradient(0));
        var partitions = new Value[g.InputCount - 3];
        for (var i = 0; i < partitions.Length; i++)
            partitions[i] = g.Input(i + 3);
        var depth = RowPartitions.RaggedRank(RowPartitions.Types(g.Attr("row_partition_types"))) + 1;
        var rows = g.AsScalar(g.Part(g.ShapeOf(values), g.Ints(0), g.Ints(1)));
        var shape = g.Part(g.ShapeOf(gradient), g.Ints(0), g.Ints(depth));
        var origins = g.NewNode("RaggedTensorToTensor").Input(shape).Input(g.Node("Range", g.Int(0), rows, g.Int(1))).Input(g.Int(-1)).Input(partitions)
            .Attr("row_partition_types", g.Attr("row_partition_types")).Build()[0];
        var present = g.Node("Where", g.Node("GreaterEqual", origins, g.Int(0)));
        var slices = Graphs.Gradient.Slices(g.Node("GatherNd", gradient, present), g.Node("GatherNd", origins, present), g.ShapeOf(values));
        var filled = g.Node("GatherNd", gradient, g.Node("Where", g.Node("Less", origins, g.Int(0))));
        var gradients = new Gradient?[g.InputCount];
        gradients[1] = slices;
        gradients[2] = g.SumToShapeOf(filled, missing);
        return gradients;
    }

    private static void Run(KernelContext context, string[] types)
    {
        var (values, missing) = (context.Input(1), context.Input(2));
        if (values.Rank == 0)
            throw EngineException.InvalidArgument("values must be at least a vector");
        var partitions = new RowPartitions(types, context.Inputs(3..), values.Shape[0]);
        var dims = RowPartitions.ResultShape(partitions.Depth, context.Input(0), values.Shape);
        var inner = values.Shape.Slice(1);
        CheckDefault(missing.Shape, inner);
        for (var i = 0; i <= partitions.Depth; i++)
        {
            if (dims[i] < 0)
                dims[i] = i == 0 ? partitions.Rows : partitions.MaxLength(i - 1);
        }
        var shape = new Shape(dims);
        var places = partitions.Places(dims);
        var result = context.Allocate(0, shape);
        Fill(context, missing, result);
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] >= 0)
                Copy(values, i, result, places[i], inner.Count);
        }
    }

    private static void Fill(KernelContext context, Tensor missing, Tensor result)
    {
        var from = new long[result.Rank];
        var strides = missing.Shape.Strides();
        for (var i = 1; i <= missing.Rank; i++)
        {
            if (missing.Shape[-i] != 1 && missing.Shape[-i] != result.Shape[-i])
                throw EngineException.InvalidArgument($"default_value.shape={missing.Shape} cannot be broadcast to {result.Shape}");
            from[^i] = missing.Shape[-i] == 1 ? 0 : strides[^i];
        }
        if (result.Count > 0)
            StridedCopy.Run(context.Workers, result.Shape.Dims, missing, 0, from, result, 0, result.Shape.Strides());
    }

    private static void CheckDefault(Shape missing, Shape inner)
    {
        if (missing.Rank > inner.Rank)
            throw EngineException.InvalidArgument($"default_value.shape={missing} must have fewer dimensions than flat_values");
        for (var i = 0; i < missing.Rank; i++)
        {
            if (missing[i] != 1 && missing[i] != inner[i])
                throw EngineException.InvalidArgument($"default_value.shape={missing} and the inner shape {inner} of flat_values are incompatible: default_value.shape[{i}] = {missing[i]} but flat_values has {inner[i]}");
        }
    }

    private static void Copy(Tensor values, long row, Tensor result, long place, long length)
    {
        var action = new Move(values, row * length, result, place * length, length);
        Elements.Dispatch(result.Type, ref action);
    }

    private readonly struct Move(Tensor values, long from, Tensor result, long to, long length) : IElementAction
    {
        public void Invoke<T>()
        {
            if (length > 0)
                Elements.Copy(ref Unsafe.Add(ref Elements.First<T>(values), (nint)from), ref Unsafe.Add(ref Elements.First<T>(result), (nint)to), (nint)length);
        }
    }
}
