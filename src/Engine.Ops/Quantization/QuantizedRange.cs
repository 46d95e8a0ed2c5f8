using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>The floats that the lowest and the highest level of a quantized tensor stand for.</summary>
internal readonly record struct QuantizedRange(float Low, float High)
{
    /// <summary>Two scalar inputs.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another number of elements.</exception>
    public static QuantizedRange Read(KernelContext context, int low, int high) => new(Scalar(context, low), Scalar(context, high));

    /// <summary>One float.</summary>
    public static float Scalar(KernelContext context, int input)
    {
        var t = context.Input(input);
        return t.Count == 1 && t.Rank <= 1 ? t.Item<float>() : throw EngineException.InvalidArgument($"input {input} must be a scalar range bound, not {t.Shape}");
    }

    /// <summary>Sets two scalar outputs.</summary>
    public void Write(KernelContext context, int output = 1)
    {
        context.Allocate(output, Shape.Scalar).AsSpan<float>()[0] = Low;
        context.Allocate(output + 1, Shape.Scalar).AsSpan<float>()[0] = High;
    }

    /// <summary>Refuses a range that ends before it starts.</summary>
    public QuantizedRange Ordered()
        => Low <= High ? this : throw EngineException.InvalidArgument($"the minimum {Low} of a range must not be above its maximum {High}");

    /// <summary>Checks that inputs <paramref name="first"/> and after are scalars and sets scalar outputs 1 and 2.</summary>
    public static void InferShapes(InferenceContext c, int first)
    {
        for (var i = first; i < c.InputCount; i++)
            c.Input(i, 0);
        c.SetOutput(c.OutputCount - 2, PartialShape.Scalar);
        c.SetOutput(c.OutputCount - 1, PartialShape.Scalar);
    }
}
