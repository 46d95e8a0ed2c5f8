using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>A box of the input: from <c>begin</c>, <c>size</c> long in each dimension, where -1 means up to the end.</summary>
[Op("Slice")]
internal sealed class Slice : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        if (c.InputTensor(2) is not { } sizes)
        {
            c.SetOutput(0, input.HasRank ? PartialShape.OfRank(input.Rank) : c.Input(2).Rank == 1 && c.Input(2)[0] is >= 0 and <= Shape.MaxRank ? PartialShape.OfRank((int)c.Input(2)[0]) : PartialShape.Unknown);
            return;
        }
        var size = IndexTensor.Vector(sizes, "size");
        var begin = c.InputTensor(1) is { } b ? IndexTensor.Vector(b, "begin") : null;
        if (input.HasRank && (input.Rank != size.Length || (begin is not null && begin.Length != size.Length)))
            throw c.Fail("begin and size must have one element per dimension");
        for (var i = 0; i < size.Length; i++)
        {
            if (size[i] == -1)
                size[i] = begin is not null && input.HasRank && input[i] >= 0 ? input[i] - begin[i] : -1;
        }
        c.SetOutput(0, new PartialShape(size));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Plain | TypeGroups.String | TypeGroups.Quantized | TypeGroups.Float8);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var begin = IndexTensor.Vector(context.Input(1), "begin");
            var size = IndexTensor.Vector(context.Input(2), "size");
            if (begin.Length != input.Rank || size.Length != input.Rank)
                throw EngineException.InvalidArgument($"Expected begin and size arguments to be 1-D tensors of size {input.Rank}, but got shapes {context.Input(1).Shape} and {context.Input(2).Shape} instead.");
            var strides = input.Shape.Strides();
            var start = 0L;
            for (var d = 0; d < size.Length; d++)
            {
                var dim = input.Shape[d];
                if (begin[d] < 0 || begin[d] > dim)
                    throw EngineException.InvalidArgument($"Expected begin[{d}] in [0, {dim}], but got {begin[d]}");
                if (size[d] == -1)
                    size[d] = dim - begin[d];
                if (size[d] < 0 || size[d] > dim - begin[d])
                    throw EngineException.InvalidArgument($"Expected size[{d}] in [0, {dim - begin[d]}], but got {size[d]}");
                start += begin[d] * strides[d];
            }
            var shape = new Shape(size);
            if (shape == input.Shape)
                context.Forward(0, 0);
            else
                StridedCopy.Run(context.Workers, size, input, start, strides, context.Allocate(0, shape), 0, shape.Strides());
        });
    }

    /// <summary>The gradient with zeros around it: as much before as was skipped, the rest after.</summary>
    public static Gradient?[] Gradient(GradientContext g)
    {
        var type = g.Input(1).Type.Base();
        var gradient = g.OutputGradient(0);
        var before = g.Input(1);
        var after = g.ShapeOf(g.Input(0), type) - g.ShapeOf(g.Output(0), type) - before;
        var paddings = g.NewNode("Pack").Input([before, after]).Attr("axis", 1).Build()[0];
        return [g.Node("Pad", gradient, paddings), null, null];
    }
}
