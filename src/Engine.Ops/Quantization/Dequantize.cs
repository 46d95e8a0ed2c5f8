using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Quantization;

/// <summary>The floats that quantized levels stand for.</summary>
[Op("Dequantize")]
internal sealed class Dequantize : IOp
{
    public static void InferShapes(InferenceContext c) => QuantizationAttributes.InferShapes(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var attributes = QuantizationAttributes.Of(node);
        var narrow = node.Type("dtype") switch
        {
            DType.Float32 => false,
            DType.BFloat16 => true,
            _ => throw node.NoKernel(),
        };
        if (narrow && attributes.Mode != QuantizationMode.MinCombined)
            throw node.Fail("When output type is bfloat16, mode must be MIN_COMBINED.");
        return QuantizedTypes.Create(node.Type("T"), new Factory(attributes, narrow)) ?? throw node.NoKernel();
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private readonly struct Factory(QuantizationAttributes attributes, bool narrow) : IQuantizedFactory
    {
        public Kernel Create<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            var captured = attributes;
            return narrow ? Kernel.From(context => Compute<T, BFloat16>(context, captured)) : Kernel.From(context => Compute<T, float>(context, captured));
        }
    }

    private static void Compute<T, TFloat>(KernelContext context, QuantizationAttributes attributes)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> where TFloat : unmanaged, INumberBase<TFloat>
    {
        var (outer, slices, inner) = attributes.Slices(context);
        var input = context.Input(0).AsSpan<T>();
        var lows = context.Input(1).AsSpan<float>();
        var highs = context.Input(2).AsSpan<float>();
        var output = context.Allocate(0, context.Input(0).Shape).AsSpan<TFloat>();
        for (var o = 0L; o < outer; o++)
        {
            for (var s = 0; s < slices; s++)
            {
                var (factor, shift, offset) = Line<T>(attributes, lows[s], highs[s]);
                var at = (int)(((o * slices) + s) * inner);
                for (var i = at; i < at + (int)inner; i++)
                    output[i] = TFloat.CreateTruncating(((float.CreateTruncating(input[i]) + offset) * factor) + shift);
            }
        }
    }

    /// <summary>A level's float is <c>(level + offset) · factor + shift</c>.</summary>
    private static (float Factor, float Shift, float Offset) Line<T>(QuantizationAttributes attributes, float low, float high) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        double lowest = Levels.Lowest<T>(), highest = Levels.Highest<T>();
        switch (attributes.Mode)
        {
            case QuantizationMode.MinCombined:
                return ((high - low) / (float)(highest - lowest), low, lowest < 0 ? (float)((highest - lowest + 1) / 2) : 0);
            case QuantizationMode.MinFirst:
                var step = (float)((high - low) * ((highest - lowest + 1) / (highest - lowest)) / (highest - lowest + 1));
                var start = low == high ? low : MathF.Round(low / step, MidpointRounding.AwayFromZero) * step;
                return (step, start, (float)-lowest);
            default:
                var first = (float)lowest + (attributes.Narrow ? 1 : 0);
                return (lowest == 0 ? high / (float)highest : Math.Max(low / first, high / (float)highest), 0, 0);
        }
    }
}
