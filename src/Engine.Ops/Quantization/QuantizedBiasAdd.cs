using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>A quantized vector added along the last dimension, as 32-bit levels.</summary>
[Op("QuantizedBiasAdd")]
internal sealed class QuantizedBiasAdd : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 1);
        QuantizedRange.InferShapes(c, 2);
        c.SetOutput(0, c.WithRankAtLeast(c.Input(0), 2));
    }

    public static Kernel CreateKernel(KernelBuilder node) => (node.Type("T1"), node.Type("T2"), node.Type("out_type")) switch
    {
        (DType.QUInt8, DType.QUInt8, DType.QInt32) => Kernel.From(Compute<byte>),
        (DType.QInt8, DType.QInt8, DType.QInt32) => Kernel.From(Compute<sbyte>),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Tensor input = context.Input(0), bias = context.Input(1);
        var (a, b) = (QuantizedRange.Read(context, 2, 3), QuantizedRange.Read(context, 4, 5));
        if (input.Rank < 2)
            throw EngineException.InvalidArgument($"Input tensor must be at least 2D: {input.Shape}");
        if (bias.Rank != 1 || bias.Count != input.Shape[-1])
            throw EngineException.InvalidArgument($"Must provide as many biases as the last dimension of the input tensor: {bias.Shape} vs. {input.Shape}");
        var range = QuantizedAdd.SumRange(a, b, 1 << 17);
        var output = context.Allocate(0, input.Shape).AsSpan<int>();
        var from = input.AsSpan<T>();
        var addends = new int[bias.Count];
        for (var c = 0; c < addends.Length; c++)
            addends[c] = Levels.Requantize<T, int>(bias.AsSpan<T>()[c], b.Low, b.High, range.Low, range.High);
        for (var i = 0; i < output.Length; i++)
            output[i] = unchecked(Levels.Requantize<T, int>(from[i], a.Low, a.High, range.Low, range.High) + addends[i % addends.Length]);
        range.Write(context);
    }
}
