using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Lanes;
using Engine.Ops.Traversal;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Logarithms of sums of exponentials up to each element along an axis, without overflow.</summary>
[Op("CumulativeLogsumexp")]
internal sealed class CumulativeLogsumexp : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (exclusive, reverse) = (node.Bool("exclusive"), node.Bool("reverse"));
        return node.Type("T") switch
        {
            DType.Float32 => new ScanKernel<Step, float>(exclusive, reverse),
            DType.Float64 => new ScanKernel<Step, double>(exclusive, reverse),
            DType.Float16 => new NarrowScanKernel<Step, Half>(exclusive, reverse),
            DType.BFloat16 => new NarrowScanKernel<Step, BFloat16>(exclusive, reverse),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g)
    {
        // Positive and negative gradients apart, because the sum is taken of exponentials.
        var (dz, x) = (g.OutputGradient(0), g.Input(0));
        var zeros = g.Apply("ZerosLike", dz);
        var lowest = g.Apply("Log", zeros);
        Value Part(Value gradient, Value mask)
        {
            var log = g.Apply("SelectV2", mask, g.Apply("Log", gradient), lowest);
            var sum = g.NewNode("CumulativeLogsumexp").Input(log - g.Output(0)).Input(g.Input(1)).Attr("exclusive", g.Attr("exclusive"))
                .Attr("reverse", !g.Attr("reverse").AsBool()).Build()[0];
            return g.Apply("Exp", sum + x);
        }
        return [Part(dz, g.Apply("Greater", dz, zeros)) - Part(-dz, g.Apply("Less", dz, zeros)), null];
    }

    // The empty sum's logarithm is -∞.
    private readonly struct Step : IScanStep<float>, IScanStep<double>
    {
        static float IScanStep<float>.Start => float.NegativeInfinity;

        static double IScanStep<double>.Start => double.NegativeInfinity;

        public static float Next(float state, float x) => (float)Next(state, (double)x);

        public static double Next(double state, double x)
        {
            var (low, high) = state < x ? (state, x) : (x, state);
            if (double.IsNaN(state) || double.IsNaN(x))
                return double.NaN;
            return double.IsInfinity(high) || double.IsNegativeInfinity(low) ? high : high + ScalarLanes<double>.Log1p(Math.Exp(low - high));
        }
    }
}
