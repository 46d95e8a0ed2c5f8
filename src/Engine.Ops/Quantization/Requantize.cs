using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>32-bit levels as 8-bit levels of a requested range.</summary>
[Op("Requantize")]
internal sealed class Requantize : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        QuantizedRange.InferShapes(c, 1);
        c.SetOutput(0, c.Input(0));
    }

    public static Kernel CreateKernel(KernelBuilder node) => (node.Type("Tinput"), node.Type("out_type")) switch
    {
        (DType.QInt32, DType.QUInt8) => Kernel.From(context => Compute<byte>(context)),
        (DType.QInt32, DType.QInt8) => Kernel.From(context => Compute<sbyte>(context)),
        _ => throw node.NoKernel(),
    };

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    /// <summary>Narrows levels to another range.</summary>
    internal static void Run<T>(ReadOnlySpan<int> from, Span<T> to, QuantizedRange range, QuantizedRange requested) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (typeof(T) != typeof(byte))
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = Levels.Requantize<int, T>(from[i], range.Low, range.High, requested.Low, requested.High);
            return;
        }
        // Unsigned bytes are made in 48.16 fixed point, the rounding of which shows in ties.
        const int one = 1 << 16;
        var width = requested.High - requested.Low;
        var reciprocal = width == 0 ? 0 : (float)(255.0 / width);
        var middle = (float)((range.Low + range.High) / 2.0);
        var scale = width == 0 ? 0 : (long)(255.0 * one * (range.High - range.Low) / width);
        var offset = (long)(middle * reciprocal * one) - (width == 0 ? 0 : (long)(one * (requested.Low * 255.0) / width)) + (one / 2);
        for (var i = 0; i < to.Length; i++)
            to[i] = T.CreateTruncating(Math.Clamp(((long)(((Int128)from[i] * scale) >> 32) + offset) >> 16, 0, 255));
    }

    private static void Compute<T>(KernelContext context) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var range = QuantizedRange.Read(context, 1, 2);
        var requested = QuantizedRange.Read(context, 3, 4);
        if (!(requested.Low <= 0))
            throw EngineException.InvalidArgument($"requested_output_min must be <= 0, but got {requested.Low}");
        requested.Ordered();
        Run(context.Input(0).AsSpan<int>(), context.Allocate(0, context.Input(0).Shape).AsSpan<T>(), range, requested);
        requested.Write(context);
    }
}
