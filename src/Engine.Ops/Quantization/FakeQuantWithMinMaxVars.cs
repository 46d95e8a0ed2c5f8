using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>Floats rounded to the quantized levels of a range, one for all or one for each channel.</summary>
[Op("FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxVarsPerChannel")]
internal sealed class FakeQuantWithMinMaxVars : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        CheckShapes(c, 0, 1);
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (bits, narrow) = (FakeRange.Bits(node), node.Bool("narrow_range"));
        var perChannel = IsPerChannel(node.Node);
        return Kernel.From(context =>
        {
            var ranges = Ranges(context, context.Input(0), 1, perChannel, bits, narrow);
            var from = context.Input(0).AsSpan<float>();
            var to = context.Allocate(0, context.Input(0).Shape).AsSpan<float>();
            for (var i = 0; i < from.Length;)
            {
                foreach (ref readonly var range in ranges.AsSpan())
                {
                    to[i] = range.Round(from[i]);
                    i++;
                }
            }
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        var node = g.NewNode(g.Node.Op + "Gradient").Input(g.OutputGradient(0)).Input(g.Input(0)).Input(g.Input(1)).Input(g.Input(2))
            .Attr("num_bits", g.Attr("num_bits")).Attr("narrow_range", g.Attr("narrow_range")).Build();
        return [node[0], node[1], node[2]];
    }

    /// <summary>Whether each element of the last dimension has a range of its own.</summary>
    internal static bool IsPerChannel(Node node) => node.Op.Contains("PerChannel", StringComparison.Ordinal);

    /// <summary>Checks the ranks of the range inputs from <paramref name="low"/> on.</summary>
    internal static void CheckShapes(InferenceContext c, int inputs, int low)
    {
        var rank = IsPerChannel(c.Node) ? 1 : 0;
        PartialShape x = c.Input(inputs), lows = c.Input(low, rank), highs = c.Input(low + 1, rank);
        if (rank == 0)
            return;
        c.WithRankAtLeast(x, 1);
        if ((lows[0] >= 0 && highs[0] >= 0 && lows[0] != highs[0]) || (x.HasRank && x[-1] >= 0 && lows[0] >= 0 && x[-1] != lows[0]))
            throw c.Fail("Dimensions of input, min and max must be equal");
    }

    /// <summary>The ranges, one or one for each channel.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT when the shapes do not go together.</exception>
    internal static FakeRange[] Ranges(KernelContext context, Tensor x, int low, bool perChannel, int bits, bool narrow)
    {
        var (lows, highs) = (context.Input(low), context.Input(low + 1));
        if (perChannel && (x.Rank == 0 || lows.Rank != 1 || highs.Rank != 1 || lows.Count != x.Shape[-1] || highs.Count != x.Shape[-1]))
            throw EngineException.InvalidArgument($"min {lows.Shape} and max {highs.Shape} must have one element for each channel of {x.Shape}");
        if (!perChannel && (lows.Rank != 0 || highs.Rank != 0))
            throw EngineException.InvalidArgument($"min and max must be scalar, not {lows.Shape} and {highs.Shape}");
        var ranges = new FakeRange[lows.Count];
        for (var c = 0; c < ranges.Length; c++)
        {
            var (from, to) = (lows.AsSpan<float>()[c], highs.AsSpan<float>()[c]);
            if (from > to)
                throw EngineException.InvalidArgument($"min has to be smaller than max, was: {from} > {to}");
            ranges[c] = new FakeRange(from, to, bits, narrow);
        }
        return ranges;
    }
}
