using Engine.Graphs;
using Engine.OpModel;
using Engine.Ops.LinearAlgebra;

namespace Engine.Ops.Arrays;

/// <summary>The same elements with another shape, in which one dimension may be -1: whatever is left.</summary>
[Op("Reshape")]
internal sealed class Reshape : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        var wanted = c.InputTensor(1) is { } t ? new PartialShape(IndexTensor.VectorOrScalar(t, "sizes input")) : c.Input(1).Rank == 0 ? PartialShape.OfRank(1) : c.InputAsShape(1);
        if (c.InputTensor(1) is null || !wanted.HasRank)
        {
            c.SetOutput(0, wanted);
            return;
        }
        var known = 1L;
        var missing = -1;
        for (var i = 0; i < wanted.Rank; i++)
        {
            if (wanted[i] < 0)
                missing = missing < 0 ? i : throw c.Fail("Only one dimension may be -1");
            else
                known = Dimensions.Multiply(known, wanted[i]);
        }
        if (!input.IsFullyKnown)
        {
            c.SetOutput(0, wanted);
            return;
        }
        var count = input.Count;
        if (missing < 0 ? known != count : known != 0 && count % known != 0)
            throw c.Fail($"Cannot reshape a tensor with {count} elements to shape {wanted}");
        c.SetOutput(0, missing >= 0 && known != 0 ? wanted.With(missing, count / known) : wanted);
    }

    public static Kernel CreateKernel(KernelBuilder node) => Kernel.From(context =>
        context.ForwardAs(0, 0, Resolve(context.Input(0).Shape, IndexTensor.VectorOrScalar(context.Input(1), "sizes input"))));

    public static bool ActsOnRows(RewriteContext c) => RowAxes.KeepShape(c);

    public static bool Simplify(RewriteContext c) => DenseForms.OfReshape(c) || KeepsRows(c);

    public static Gradient?[] Gradient(GradientContext g) => [g.ReshapeLike(g.OutputGradient(0), g.Input(0)), null];

    // A shape that takes the number of rows from the tensor itself, which has nothing else open, may as well leave it out.
    private static bool KeepsRows(RewriteContext c)
    {
        var (x, shape) = (c.Input(0), c.Input(1));
        if (shape.Op != "Pack" || shape.InputCount < 1 || x.Shape.Rank < 1 || !DenseForms.IsElement(shape.Input(0), x, 0))
            return false;
        var sizes = new long[shape.InputCount];
        var (wanted, elements) = (1L, 1L);
        sizes[0] = -1;
        for (var i = 1; i < sizes.Length; i++)
        {
            if (DenseForms.Integers(shape.Input(i).Constant) is not [> 0 and var size])
                return false;
            sizes[i] = size;
            wanted = Dimensions.Multiply(wanted, size);
        }
        foreach (var d in x.Shape.Dims[1..])
            elements = d > 0 && elements > 0 ? Dimensions.Multiply(elements, d) : -1;
        return elements == wanted && c.Replace("Reshape", [x, c.Constant(Tensor.From(sizes))]);
    }

    private static Shape Resolve(Shape input, long[] dims)
    {
        var missing = -1;
        var known = 1L;
        for (var i = 0; i < dims.Length; i++)
        {
            if (dims[i] == -1)
            {
                missing = missing < 0 ? i : throw EngineException.InvalidArgument($"Only one input size may be -1, not both {missing} and {i}");
                continue;
            }
            if (dims[i] < 0)
                throw EngineException.InvalidArgument($"Size {i} must be non-negative, not {dims[i]}");
            known = Dimensions.Multiply(known, dims[i]);
        }
        if (missing >= 0)
        {
            dims[missing] = known > 0 && input.Count > 0 ? input.Count / known : MissingOfEmpty(input, dims, missing);
        }
        var shape = new Shape(dims);
        return shape.Count == input.Count
            ? shape
            : throw EngineException.InvalidArgument($"Input to reshape is a tensor with {input.Count} values, but the requested shape has {shape.Count}");
    }

    // With a dimension 0 on either side any length would do: zeros are left out, as they stand for themselves.
    private static long MissingOfEmpty(Shape input, long[] dims, int missing)
    {
        var inputCount = 1L;
        foreach (var d in input.Dims)
            inputCount = d > 0 ? Dimensions.Multiply(inputCount, d) : inputCount;
        var known = 1L;
        var zeros = false;
        for (var i = 0; i < dims.Length; i++)
        {
            if (i == missing)
                continue;
            known = dims[i] > 0 ? Dimensions.Multiply(known, dims[i]) : known;
            zeros |= dims[i] == 0;
        }
        return zeros ? inputCount / known : 0;
    }
}
