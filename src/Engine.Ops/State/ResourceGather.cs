using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.State;

/// <summary>Rows of a resource variable by index.</summary>
[Op("ResourceGather")]
internal sealed class ResourceGather : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var shape = HandleShape.Of(c.Maker(0));
        var batch = (int)c.Attr("batch_dims").AsInt();
        if (batch == 0 && shape.HasRank && shape.Rank > 0 && c.Input(1).HasRank)
            c.SetOutput(0, c.Input(1).Concat(shape.Slice(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("dtype");
        return ElementTypes.Move(type, new Factory(type, node.Int("batch_dims")));
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var shape = g.NewNode("VariableShape").Input(g.Input(0)).Attr("out_type", DType.Int64).Build()[0];
        var indices = g.Input(1);
        var gradient = g.OutputGradient(0);
        // Rows: one per index, each of the variable's inner dimensions.
        var minusOne = g.Constant(Tensor.From<int>([-1]));
        var inner = g.NewNode("Slice").Input(shape).Input(g.Constant(Tensor.From<int>([1]))).Input(minusOne).Build()[0];
        var size = g.NewNode("Cast").Input(g.NewNode("ExpandDims").Input(g.NewNode("Size").Input(indices).Build()[0]).Input(g.Constant(Tensor.Scalar(0))).Build()[0])
            .Attr("DstT", DType.Int64).Build()[0];
        var rows = g.NewNode("ConcatV2").Input([size, inner]).Input(g.Constant(Tensor.Scalar(0))).Build()[0];
        return
        [
            Graphs.Gradient.Slices(
                g.NewNode("Reshape").Input(gradient).Input(rows).Build()[0],
                g.NewNode("Reshape").Input(indices).Input(minusOne).Build()[0], shape),
            null,
        ];
    }

    private readonly struct Factory(DType type, long batchDims) : IMoveFactory
    {
        public Kernel Create<T>() => new GatherKernel<T>(type, batchDims);
    }

    private sealed class GatherKernel<T>(DType type, long batchDims) : Kernel
    {
        public override void Compute(KernelContext context)
        {
            using var value = VariableTarget.Find(context, isReference: false, type).Read();
            var indices = context.Input(1);
            var batch = batchDims < 0 ? batchDims + indices.Rank : batchDims;
            if (batch < 0 || batch > indices.Rank || batch >= value.Rank)
                throw EngineException.InvalidArgument($"batch_dims {batchDims} does not fit params of shape {value.Shape} and indices of shape {indices.Shape}");
            var b = (int)batch;
            if (value.Shape.Slice(0, b) != indices.Shape.Slice(0, b))
                throw EngineException.InvalidArgument($"params {value.Shape} and indices {indices.Shape} must agree in their first {b} dimensions");
            var result = context.Allocate(0, indices.Shape.Concat(value.Shape.Slice(b + 1)));
            var places = IndexTensor.Read(indices);
            var rows = value.Shape[b];
            var batches = value.Shape.CountOf(0, b);
            var row = (int)value.Shape.CountOf(b + 1, value.Rank);
            ReadOnlySpan<T> source = value.AsRawSpan<T>();
            var target = result.AsRawSpan<T>();
            var perBatch = batches == 0 ? 0 : places.Length / batches;
            for (var i = 0; i < places.Length; i++)
            {
                if ((ulong)places[i] >= (ulong)rows)
                    throw EngineException.InvalidArgument($"indices[{i}] = {places[i]} is not in [0, {rows})");
                source.Slice((int)(i / perBatch * rows + places[i]) * row, row).CopyTo(target.Slice(i * row, row));
            }
        }
    }
}
