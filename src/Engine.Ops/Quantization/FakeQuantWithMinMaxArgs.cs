using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Quantization;

/// <summary>Floats rounded to the quantized levels of a range that attributes give.</summary>
[Op("FakeQuantWithMinMaxArgs")]
internal sealed class FakeQuantWithMinMaxArgs : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var range = Range(node);
        return Kernel.From(context =>
        {
            var from = context.Input(0).AsSpan<float>();
            var to = context.ForwardOrAllocate(0, 0, context.Input(0).Shape).AsSpan<float>();
            for (var i = 0; i < from.Length; i++)
                to[i] = range.Round(from[i]);
        });
    }

    public static Gradient?[] Gradient(GradientContext g)
        => [g.NewNode("FakeQuantWithMinMaxArgsGradient").Input(g.OutputGradient(0)).Input(g.Input(0)).Attr("min", g.Attr("min")).Attr("max", g.Attr("max"))
            .Attr("num_bits", g.Attr("num_bits")).Attr("narrow_range", g.Attr("narrow_range")).Build()[0]];

    /// <summary>The range of a node's attributes.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for an empty one.</exception>
    internal static FakeRange Range(KernelBuilder node)
    {
        var (low, high) = (node.Float("min"), node.Float("max"));
        return low < high ? new FakeRange(low, high, FakeRange.Bits(node), node.Bool("narrow_range"))
            : throw node.Fail($"min has to be smaller than max, was: {low} >= {high}");
    }
}

