using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>The gradient of QuantizeAndDequantizeV4: passes inside the range; none reaches the range itself.</summary>
[Op("QuantizeAndDequantizeV4Grad")]
internal sealed class QuantizeAndDequantizeV4Grad : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.SetOutput(0, c.Input(1));
        c.SetOutput(1, c.Input(2));
        c.SetOutput(2, c.Input(3));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var axis = (int)Math.Clamp(node.Int("axis"), -2, int.MaxValue);
        if (axis < -1)
            throw node.Fail("Axis must be at least -1");
        return node.Type("T") switch
        {
            DType.Float32 => Kernel.From(context => Compute<float>(context, axis)),
            DType.Float64 => Kernel.From(context => Compute<double>(context, axis)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context, int axis) where T : unmanaged, INumber<T>
    {
        Tensor gradients = context.Input(0), inputs = context.Input(1), lows = context.Input(2), highs = context.Input(3);
        if (!gradients.Shape.Equals(inputs.Shape))
            throw EngineException.InvalidArgument($"gradient and input must be the same size, not {gradients.Shape} and {inputs.Shape}");
        if (axis >= inputs.Rank)
            throw EngineException.InvalidArgument($"Axis should be in range of the input's dimensions: {axis} of {inputs.Shape}");
        var slices = axis < 0 ? 1 : (int)inputs.Shape[axis];
        if (axis < 0 ? lows.Count != 1 || highs.Count != 1 : lows.Rank != 1 || highs.Rank != 1 || lows.Count != slices || highs.Count != slices)
            throw EngineException.InvalidArgument($"input_min {lows.Shape} and input_max {highs.Shape} must have {slices} elements");
        var inner = axis < 0 ? Math.Max(1, inputs.Count) : Math.Max(1, inputs.Shape.CountOf(axis + 1, inputs.Rank));
        var from = gradients.AsSpan<T>();
        var x = inputs.AsSpan<T>();
        var low = lows.AsSpan<T>();
        var high = highs.AsSpan<T>();
        var to = context.Allocate(0, inputs.Shape).AsSpan<T>();
        for (var i = 0; i < to.Length; i++)
        {
            var s = (int)(i / inner % slices);
            to[i] = x[i] >= low[s] && x[i] <= high[s] ? from[i] : T.Zero;
        }
        context.AllocateZeros(1, lows.Shape);
        context.AllocateZeros(2, highs.Shape);
    }
}
