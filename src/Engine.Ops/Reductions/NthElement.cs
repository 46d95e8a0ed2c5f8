using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;

namespace Engine.Ops.Reductions;

/// <summary>The n-th smallest (or largest) element of each row.</summary>
[Op("NthElement")]
internal sealed class NthElement : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.WithRankAtLeast(c.Input(0), 1);
        c.Input(1, 0);
        if (c.InputScalar(1) is { } n)
        {
            if (n < 0)
                throw c.Fail($"Input n must be non-negative but is {n}");
            if (input.HasRank && input[-1] >= 0 && input[-1] <= n)
                throw c.Fail($"Input must have last dimension > n = {n} but is {input[-1]}");
        }
        c.SetOutput(0, input.HasRank ? input.Slice(0, input.Rank - 1) : input);
    }

    public static Kernel CreateKernel(KernelBuilder node) => ElementTypes.Real(node.Type("T"), new Factory(node.Bool("reverse"))) ?? throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g)
    {
        // Shared by all elements that are equal to the result.
        var last = g.Scalar(-1, DType.Int32);
        var isSelected = g.Apply("Equal", g.Apply("ExpandDims", g.Output(0), last), g.Input(0));
        var selected = g.NewNode("Cast").Input(isSelected).Attr("DstT", g.Type("T")).Build()[0];
        var count = g.Apply("ExpandDims", g.Apply("Sum", selected, last), last);
        return [selected / count * g.Apply("ExpandDims", g.OutputGradient(0), last), null];
    }

    private readonly struct Factory(bool reverse) : IRealFactory
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => new NthKernel<T>(reverse);
    }

    private sealed class NthKernel<T>(bool reverse) : Kernel where T : unmanaged, INumber<T>
    {
        public override void Compute(KernelContext context)
        {
            var input = context.Input(0);
            var n = SegmentRows.Scalar(context.Input(1), "N");
            if (n < 0)
                throw EngineException.InvalidArgument($"n must be non-negative, got {n}");
            if (input.Rank < 1)
                throw EngineException.InvalidArgument($"Input must be at least rank 1 but is rank {input.Rank}");
            var width = input.Shape[-1];
            if (width <= n)
                throw EngineException.InvalidArgument($"Input must have at least n+1 columns, but has {width} for n = {n}");
            var values = input.AsSpan<T>();
            var result = context.Allocate(0, input.Shape.Slice(0, input.Rank - 1)).AsSpan<T>();
            var row = new T[width];
            var place = (int)(reverse ? width - 1 - n : n);
            for (var i = 0; i < result.Length; i++)
            {
                values.Slice(i * row.Length, row.Length).CopyTo(row);
                Array.Sort(row);
                result[i] = row[place];
            }
        }
    }
}
