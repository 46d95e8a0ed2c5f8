using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>Floats as levels of a quantized type, with the range that the levels stand for.</summary>
[Op("QuantizeV2")]
internal sealed class QuantizeV2 : IOp
{
    public static void InferShapes(InferenceContext c) => QuantizationAttributes.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var attributes = QuantizationAttributes.Of(node);
        var toEven = node.String("round_mode") == "HALF_TO_EVEN";
        if (toEven && attributes.Mode != QuantizationMode.Scaled)
            throw node.Fail("Round mode 'HALF_TO_EVEN' only supported for mode 'SCALED'");
        return QuantizedTypes.Create(node.Type("T"), new Factory(attributes, toEven, node.Float("ensure_minimum_range"))) ?? throw node.NoKernel();
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Factory(QuantizationAttributes attributes, bool toEven, float least) : IQuantizedFactory
    {
        public Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => new Quantization<T>(attributes, toEven, least);
    }

    private sealed class Quantization<T>(QuantizationAttributes attributes, bool toEven, float least) : Kernel where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        public override void Compute(KernelContext context)
        {
            var (outer, slices, inner) = attributes.Slices(context);
            var input = context.Input(0).AsSpan<float>();
            var lows = context.Input(1).AsSpan<float>();
            var highs = context.Input(2).AsSpan<float>();
            var output = context.Allocate(0, context.Input(0).Shape).AsSpan<T>();
            var shape = attributes.Axis == -1 ? Shape.Scalar : Shape.Vector(slices);
            var newLows = context.Allocate(1, shape).AsSpan<float>();
            var newHighs = context.Allocate(2, shape).AsSpan<float>();
            for (var s = 0; s < slices; s++)
            {
                var range = Widen(lows[s], highs[s]);
                if (attributes.Mode == QuantizationMode.Scaled)
                    range = Scale(range, out _);
                (newLows[s], newHighs[s]) = (range.Low, range.High);
            }
            for (var o = 0L; o < outer; o++)
            {
                for (var s = 0; s < slices; s++)
                {
                    var at = (int)(((o * slices) + s) * inner);
                    Run(input.Slice(at, (int)inner), output.Slice(at, (int)inner), Widen(lows[s], highs[s]));
                }
            }
        }

        /// <summary>The range with zero in it and its ends a little apart.</summary>
        private QuantizedRange Widen(float low, float high)
        {
            if (low > high)
                throw EngineException.InvalidArgument($"max_range {high} must be at least min_range {low}");
            var from = Math.Min(0, low);
            var apart = Math.Max(1, Math.Max(MathF.Abs(low), MathF.Abs(high))) * least;
            return new QuantizedRange(from, Math.Max(0, Math.Max(high, from + apart)));
        }

        /// <summary>The range that the levels cover when zero is level 0, and levels per unit.</summary>
        private QuantizedRange Scale(QuantizedRange range, out float factor)
        {
            float lowest = (float)Levels.Lowest<T>() + (attributes.Narrow ? 1 : 0), highest = (float)Levels.Highest<T>();
            var below = lowest * range.Low > 0 ? lowest / range.Low : float.MaxValue;
            var above = highest * range.High > 0 ? highest / range.High : float.MaxValue;
            factor = Math.Min(below, above);
            return new QuantizedRange(lowest / factor, highest / factor);
        }

        private void Run(ReadOnlySpan<float> from, Span<T> to, QuantizedRange range)
        {
            double lowest = Levels.Lowest<T>(), highest = Levels.Highest<T>();
            switch (attributes.Mode)
            {
                case QuantizationMode.MinCombined:
                    var spread = (float)((highest - lowest) / (range.High - range.Low));
                    var half = lowest < 0 ? (float)((highest - lowest + 1) / 2) : 0;
                    for (var i = 0; i < to.Length; i++)
                    {
                        var above = (Clamp(from[i], range) - range.Low) * spread;
                        to[i] = T.CreateSaturating(lowest < 0 ? MathF.Round(above - half, MidpointRounding.AwayFromZero) : above + 0.5f);
                    }
                    break;
                case QuantizationMode.MinFirst:
                    var scale = (float)((highest - lowest + 1) / ((range.High - range.Low) * ((highest - lowest + 1) / (highest - lowest))));
                    var start = MathF.Round(range.Low * scale, MidpointRounding.AwayFromZero) - lowest;
                    for (var i = 0; i < to.Length; i++)
                        to[i] = T.CreateSaturating(MathF.Round(from[i] * scale, MidpointRounding.AwayFromZero) - start);
                    break;
                default:
                    var scaled = Scale(range, out var factor);
                    var rounding = toEven ? MidpointRounding.ToEven : MidpointRounding.AwayFromZero;
                    for (var i = 0; i < to.Length; i++)
                        to[i] = T.CreateSaturating(MathF.Round(Clamp(from[i], scaled) * factor, rounding));
                    break;
            }
        }

        private static float Clamp(float x, QuantizedRange range) => x < range.Low ? range.Low : x > range.High ? range.High : x;
    }
}
