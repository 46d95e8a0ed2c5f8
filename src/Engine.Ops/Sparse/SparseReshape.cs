using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.Sparse;

/// <summary>The same entries in another dense shape of as many elements.</summary>
[Op("SparseReshape")]
internal sealed class SparseReshape : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var indices = c.Input(0, 2);
        c.Input(1, 1);
        var shape = c.Input(2, 1);
        c.SetOutput(0, new PartialShape(indices[0], shape[0]));
        c.SetOutput(1, PartialShape.Vector(shape[0]));
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(Run);

    public static Gradient?[] Gradient(GradientContext g) => [null, null, null];

    private static unsafe void Run(KernelContext context)
    {
        var indices = context.Input(0);
        if (indices.Rank != 2)
            throw EngineException.InvalidArgument($"Input indices should be a matrix but received shape {indices.Shape}");
        var from = IndexTensor.Vector(context.Input(1), "Input shape");
        var wanted = IndexTensor.Vector(context.Input(2), "Target shape");
        if (indices.Shape[1] != from.Length)
            throw EngineException.InvalidArgument($"Input tensor rank must match input shape length: {indices.Shape[1]} and {from.Length}");
        var fromShape = new Shape(from);
        var to = Resolve(fromShape.Count, wanted);
        to.Dims.CopyTo(context.Allocate(1, to.Rank).AsSpan<long>());
        if (fromShape.Equals(to))
        {
            context.Forward(0, 0);
            return;
        }
        var count = indices.Shape[0];
        if (count > 0 && fromShape.Count == 0)
            throw EngineException.InvalidArgument($"Input tensor has {count} non zero elements but input shape {fromShape} has zero elements");
        var (strides, newStrides) = (fromShape.Strides(), to.Strides());
        var read = indices.Pointer<long>();
        var write = context.Allocate(0, count, to.Rank).Pointer<long>();
        for (var i = 0L; i < count; i++)
        {
            var place = 0L;
            foreach (var stride in strides)
                place += *read++ * stride;
            foreach (var stride in newStrides)
                (*write++, place) = Math.DivRem(place, stride);
        }
    }

    private static Shape Resolve(long elements, long[] wanted)
    {
        var unknown = -1;
        for (var d = 0; d < wanted.Length; d++)
        {
            if (wanted[d] == -1)
                unknown = unknown < 0 ? d : throw EngineException.InvalidArgument($"only one output dimension may be -1, not both {unknown} and {d}");
            else if (wanted[d] < 0)
                throw EngineException.InvalidArgument($"size {d} must be non-negative, not {wanted[d]}");
        }
        if (unknown >= 0)
        {
            wanted[unknown] = 1;
            var known = new Shape(wanted).Count;
            if (known == 0)
                throw EngineException.InvalidArgument("reshape cannot infer the missing input size for an empty tensor unless all specified input sizes are non-zero");
            if (elements % known != 0)
                throw EngineException.InvalidArgument($"Input to reshape is a SparseTensor with {elements} dense values, but the requested shape requires a multiple of {known}");
            wanted[unknown] = elements / known;
        }
        var shape = new Shape(wanted);
        return shape.Count == elements ? shape
            : throw EngineException.InvalidArgument($"Input to reshape is a tensor with {elements} dense values, but the requested shape has {shape.Count}");
    }
}
