using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Tensors one after the other along an axis. <c>Concat</c> takes the axis first.</summary>
[Op("ConcatV2", "Concat")]
internal sealed class ConcatV2 : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (first, axisInput) = Arguments(c.Node);
        var count = c.InputCount - 1;
        var known = PartialShape.Unknown;
        for (var i = 0; i < count && !known.HasRank; i++)
            known = c.Input(first + i);
        if (c.InputScalar(axisInput) is not { } axis)
        {
            c.SetOutput(0, known.HasRank ? PartialShape.OfRank(known.Rank) : PartialShape.Unknown);
            return;
        }
        if (!known.HasRank)
            return;
        var d = IndexTensor.Axis(axis, known.Rank, "concat_dim");
        var rest = known.With(d, -1);
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            var shape = c.Input(first + i);
            if (shape.HasRank && shape.Rank != known.Rank)
                throw c.Fail("Ranks of all input tensors should match");
            rest = rest.Merge(shape.HasRank ? shape.With(d, -1) : shape);
            sum = sum < 0 || !shape.HasRank || shape[d] < 0 ? -1 : sum + shape[d];
        }
        c.SetOutput(0, rest.With(d, sum));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String | TypeGroups.Handles | TypeGroups.Quantized | TypeGroups.Quantized16 | TypeGroups.Float8);
        var (first, axis) = Arguments(node.Node);
        return Kernel.From(context => Run(context, first, context.InputCount - 1, IndexTensor.Scalar(context.Input(axis), "concat_dim", orVector: true)));
    }

    public static bool ActsOnRows(RewriteContext c) => RowAxes.Keep(c, c.Input(c.InputCount - 1)) && Enumerable.Range(0, c.InputCount - 1).All(i => !c.IsConstant(i));

    public static Gradient?[] Gradient(GradientContext g)
    {
        var (first, axisInput) = Arguments(g.Node);
        var count = g.InputCount - 1;
        var result = new Gradient?[g.InputCount];
        var gradient = g.OutputGradient(0);
        // A negative axis is counted from the front: ConcatOffset and Slice want it so.
        var axis = g.Input(axisInput);
        var rank = axis.Type.Base() == DType.Int64
            ? g.NewNode("Cast").Input(g.Node("Rank", gradient)).Attr("DstT", DType.Int64).Build()[0]
            : g.Node("Rank", gradient);
        var dim = axis % rank;
        if (axis.Type.Base() == DType.Int64)
            dim = g.NewNode("Cast").Input(dim).Attr("DstT", DType.Int32).Build()[0];
        var shapes = g.NewNode("ShapeN").Input([.. g.Node.Inputs.Skip(first).Take(count)]).Build().OutputList("output");
        if (count == 1)
        {
            result[first] = gradient;
            return result;
        }
        var offsets = g.NewNode("ConcatOffset").Input(dim).Input(shapes).Build().OutputList("offset");
        for (var i = 0; i < count; i++)
            result[first + i] = g.Node("Slice", gradient, offsets[i], shapes[i]);
        return result;
    }

    private static (int First, int Axis) Arguments(Node node) => node.Op == "Concat" ? (1, 0) : (0, node.Inputs.Count - 1);

    private static void Run(KernelContext context, int first, int count, long axis)
    {
        var like = context.Input(first).Shape;
        var d = IndexTensor.Axis(axis, like.Rank, "ConcatOp : Expected concatenating dimension; it");
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            var shape = context.Input(first + i).Shape;
            if (!AreAlike(shape, like, d))
                throw EngineException.InvalidArgument($"ConcatOp : Dimension of inputs should match: shape[0] = {like} vs. shape[{i}] = {shape}");
            sum = shape[d] <= long.MaxValue - sum ? sum + shape[d] : throw EngineException.InvalidArgument("ConcatOp : the result is too large.");
        }
        var result = context.Allocate(0, like.With(d, sum));
        if (result.Count == 0)
            return;
        var outer = like.CountOf(0, d);
        var inner = like.CountOf(d + 1, like.Rank);
        if (outer > 1 && ConcatRows.Run(context, first, count, result, outer))
            return;
        var at = 0L;
        for (var i = 0; i < count; i++)
        {
            var input = context.Input(first + i);
            var run = input.Shape[d] * inner;
            StridedCopy.Run(context.Workers, [outer, run], input, 0, [run, 1], result, at, [sum * inner, 1]);
            at += run;
        }
    }

    private static bool AreAlike(Shape a, Shape b, int except)
    {
        if (a.Rank != b.Rank)
            return false;
        for (var i = 0; i < a.Rank; i++)
        {
            if (i != except && a[i] != b[i])
                return false;
        }
        return true;
    }
}
