using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>A quantized tensor in another shape of as many elements; its range stays.</summary>
[Op("QuantizedReshape")]
internal sealed class QuantizedReshape : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        QuantizedRange.InferShapes(c, 2);
        c.SetOutput(0, c.InputTensor(1) is { } sizes && c.Input(0).IsFullyKnown ? Resolve(c.Input(0).ToShape(), sizes) : c.Input(1) is { Rank: 1 } shape && shape[0] is >= 0 and <= Shape.MaxRank ? PartialShape.OfRank((int)shape[0]) : PartialShape.Unknown);
    }

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("T") is DType.QUInt8 or DType.QInt32 ? Kernel.From(Compute) : throw node.NoKernel();

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute(KernelContext context)
    {
        var shape = Resolve(context.Input(0).Shape, context.Input(1));
        var range = QuantizedRange.Read(context, 2, 3);
        context.ForwardAs(0, 0, shape);
        range.Write(context);
    }

    private static Shape Resolve(Shape from, Tensor sizes)
    {
        var dims = IndexTensor.Vector(sizes, "sizes input");
        var open = Array.IndexOf(dims, -1);
        if (open >= 0)
        {
            if (Array.IndexOf(dims, -1, open + 1) >= 0)
                throw EngineException.InvalidArgument("Only one input size may be -1");
            dims[open] = 1;
            var rest = new Shape(dims).Count;
            if (rest == 0 || from.Count % rest != 0)
                throw EngineException.InvalidArgument($"Input to reshape is a tensor with {from.Count} values, but the requested shape requires a multiple of {rest}");
            dims[open] = from.Count / rest;
        }
        var shape = new Shape(dims);
        return shape.Count == from.Count ? shape : throw EngineException.InvalidArgument($"Input to reshape is a tensor with {from.Count} values, but the requested shape has {shape.Count}");
    }
}
