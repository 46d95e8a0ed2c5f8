using Engine.Graphs;
using Engine.OpModel;

namespace Engine.Ops.Arrays;

/// <summary>The input repeated a number of times along each dimension.</summary>
[Op("Tile")]
internal sealed class Tile : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var input = c.Input(0);
        var multiples = c.InputAsShape(1);
        if (!input.HasRank || !multiples.HasRank)
        {
            c.SetOutput(0, input.HasRank ? PartialShape.OfRank(input.Rank) : multiples.HasRank ? PartialShape.OfRank(multiples.Rank) : PartialShape.Unknown);
            return;
        }
        if (input.Rank != multiples.Rank)
            throw c.Fail($"Shape must be rank {multiples.Rank} but is rank {input.Rank}");
        var dims = new long[input.Rank];
        for (var i = 0; i < dims.Length; i++)
        {
            dims[i] = Dimensions.MultiplyKnown(input[i], multiples[i]);
        }
        c.SetOutput(0, new PartialShape(dims));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        node.Type("T", TypeGroups.Common);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var multiples = IndexTensor.Vector(context.Input(1), "multiples");
            var rank = input.Rank;
            if (multiples.Length != rank)
                throw EngineException.InvalidArgument($"Expected multiples argument to be a vector of length {rank} but got length {multiples.Length}");
            var dims = new long[rank];
            for (var i = 0; i < rank; i++)
            {
                if (multiples[i] < 0)
                    throw EngineException.InvalidArgument($"Expected multiples[{i}] >= 0, but got {multiples[i]}");
                dims[i] = Dimensions.Multiply(input.Shape[i], multiples[i]);
            }
            var shape = new Shape(dims);
            if (shape == input.Shape)
            {
                context.Forward(0, 0);
                return;
            }
            var result = context.Allocate(0, shape);
            if (shape.Count == 0)
                return;
            // Each dimension is walked as [multiple, dimension]; the multiple does not move in the input.
            var (box, from, to) = (new long[2 * rank], new long[2 * rank], new long[2 * rank]);
            var inner = input.Shape.Strides();
            var outer = shape.Strides();
            for (var i = 0; i < rank; i++)
            {
                (box[2 * i], from[2 * i], to[2 * i]) = (multiples[i], 0, outer[i] * input.Shape[i]);
                (box[2 * i + 1], from[2 * i + 1], to[2 * i + 1]) = (input.Shape[i], inner[i], outer[i]);
            }
            StridedCopy.Run(context.Workers, box, input, 0, from, result, 0, to);
        });
    }

    /// <summary>The gradient as [multiple, dimension] pairs, summed over the multiples.</summary>
    public static Gradient?[] Gradient(GradientContext g)
    {
        var multiples = g.Input(1);
        var shape = g.ShapeOf(g.Input(0), multiples.Type.Base());
        var pairs = g.Node("Reshape", g.NewNode("Pack").Input([multiples, shape]).Attr("axis", 1).Build()[0], g.Ints(-1));
        var axes = g.Node("Range", g.Int(0), g.Node("Size", pairs), g.Int(2));
        return [g.Node("Reshape", g.Node("Sum", g.Node("Reshape", g.OutputGradient(0), pairs), axes), shape), null];
    }
}
