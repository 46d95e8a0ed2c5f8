using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>Where each tensor begins in the concatenation, given their shapes.</summary>
[Op("ConcatOffset")]
internal sealed class ConcatOffset : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        for (var i = 1; i < c.InputCount; i++)
            c.SetOutput(i - 1, c.Input(i, 1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
    {
        var count = context.InputCount - 1;
        var first = IndexTensor.Vector(context.Input(1), "shape");
        var axis = IndexTensor.Axis(IndexTensor.Scalar(context.Input(0), "concat_dim"), first.Length, "concat_dim");
        var offset = 0L;
        for (var i = 0; i < count; i++)
        {
            var shape = IndexTensor.Vector(context.Input(i + 1), "shape");
            if (shape.Length != first.Length)
                throw EngineException.InvalidArgument($"input {i} should contain {first.Length} elements, but got {shape.Length}");
            var next = shape[axis];
            for (var d = 0; d < shape.Length; d++)
            {
                if (d != axis && shape[d] != first[d])
                    throw EngineException.InvalidArgument($"All dimensions except {axis} must match. Input {i} has shape [{string.Join(' ', shape)}] and doesn't match input 0 with shape [{string.Join(' ', first)}].");
                shape[d] = 0;
            }
            shape[axis] = context.Input(i + 1).Type == DType.Int32 ? (int)offset : offset;
            IndexTensor.Write(shape, context.Allocate(i, shape.Length));
            offset += next;
        }
    });

    public static Gradient?[] Gradient(GradientContext g) => new Gradient?[g.InputCount];
}
