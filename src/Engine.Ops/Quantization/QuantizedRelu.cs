using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>Quantized levels limited to those of 0 and above, and for Relu6 of 6 and below.</summary>
[Op("QuantizedRelu", "QuantizedRelu6")]
internal sealed class QuantizedRelu : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        QuantizedRange.InferShapes(c, 1);
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var six = node.Node.Op == "QuantizedRelu6";
        return (node.Type("Tinput"), node.Type("out_type")) switch
        {
            (DType.QUInt8, DType.QUInt8) => Kernel.From(context => Compute<byte>(context, six)),
            (DType.QInt32, DType.QInt32) => Kernel.From(context => Compute<int>(context, six)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context, bool six) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var range = QuantizedRange.Read(context, 1, 2);
        var low = Levels.Quantize<T>(0, range.Low, range.High);
        var high = six ? Levels.Quantize<T>(6, range.Low, range.High) : T.MaxValue;
        var from = context.Input(0).AsSpan<T>();
        var to = context.Allocate(0, context.Input(0).Shape).AsSpan<T>();
        for (var i = 0; i < to.Length; i++)
            to[i] = T.Min(T.Max(from[i], low), high);
        range.Write(context);
    }
}
