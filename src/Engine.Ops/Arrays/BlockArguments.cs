using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Arrays;

/// <summary>Block shape and margins of the SpaceToBatch family: two vectors in the ND ops, an attribute and a matrix in the older ones, which take images.</summary>
internal static class BlockArguments
{
    internal static void InferShapes(InferenceContext c, bool toBatch)
    {
        var input = c.Input(0);
        var isImage = c.InputCount == 2;
        var margins = c.WithRank(c.Input(c.InputCount - 1), 2);
        if (margins[1] >= 0 && margins[1] != 2)
            throw c.Fail($"Dimension must be 2 but is {margins[1]}");
        if (isImage)
            input = c.WithRank(input, 4);
        else if (c.Input(1).Rank != 1 && (c.Input(1).HasRank || c.Node.Inputs[1].Node.Op.StartsWith("Placeholder", StringComparison.Ordinal)))
            throw c.Fail("block_shape must have rank 1.");
        if (!input.HasRank)
            return;
        c.SetOutput(0, PartialShape.OfRank(input.Rank));
        var block = isImage ? Square(c.Attr("block_size").AsInt()) : c.InputTensor(1) is { } t ? IndexTensor.Vector(t, "block_shape") : null;
        if (block is null)
            return;
        if (input.Rank < block.Length + 1)
            throw c.Fail($"Shape must be at least rank {block.Length + 1} but is rank {input.Rank}");
        var pads = c.InputTensor(c.InputCount - 1) is { } m ? Margins(m, block.Length, toBatch ? "paddings" : "crops") : null;
        var dims = input.Dims.ToArray();
        for (var i = 0; i < block.Length; i++)
        {
            if (block[i] < 1)
                throw c.Fail($"block_shape must be positive, got {block[i]}");
            dims[0] = dims[0] < 0 ? -1 : toBatch ? Checked((Int128)dims[0] * block[i]) : dims[0] % block[i] == 0 ? dims[0] / block[i] : throw c.Fail($"Dimension size must be evenly divisible by {block[i]}");
            if (dims[i + 1] < 0 || pads is null)
                dims[i + 1] = -1;
            else if (toBatch)
                dims[i + 1] = ((Int128)dims[i + 1] + pads[i].Before + pads[i].After) is var n && n % block[i] == 0 ? Checked(n / block[i]) : throw c.Fail($"Dimension size must be evenly divisible by {block[i]} but is {n}");
            else
                dims[i + 1] = Checked((Int128)dims[i + 1] * block[i] - pads[i].Before - pads[i].After);
        }
        c.SetOutput(0, new PartialShape(dims));

        long Checked(Int128 n) => n >= 0 && n <= long.MaxValue ? (long)n : throw c.Fail($"Dimension {n} is out of range");
    }

    /// <summary>Reads the arguments of a run.</summary>
    internal static Func<KernelContext, (long[] Block, (long Before, long After)[] Margins)> Reader(Node node)
    {
        var what = node.Op.StartsWith("Space", StringComparison.Ordinal) ? "paddings" : "crops";
        if (node.Inputs.Count == 2)
        {
            var square = Square(node.Attr("block_size").AsInt());
            return context =>
            {
                if (context.Input(0).Rank != 4)
                    throw EngineException.InvalidArgument($"Input rank should be: 4 instead of: {context.Input(0).Rank}");
                return (square, Margins(context.Input(1), 2, what));
            };
        }
        return context =>
        {
            var block = IndexTensor.Vector(context.Input(1), "block_shape");
            return (block, Margins(context.Input(2), block.Length, what));
        };
    }

    internal static Gradient?[] Gradient(GradientContext g, string op)
    {
        var node = g.NewNode(op).Input(g.OutputGradient(0)).Input(g.Input(1));
        return g.InputCount == 2
            ? [node.Attr("block_size", g.Attr("block_size")).Build()[0], null]
            : [node.Input(g.Input(2)).Build()[0], null, null];
    }

    private static long[] Square(long size) => [size, size];

    private static (long Before, long After)[] Margins(Tensor tensor, int count, string what)
    {
        if (tensor.Rank != 2 || tensor.Shape[0] != count || tensor.Shape[1] != 2)
            throw EngineException.InvalidArgument($"{what} should have shape [{count}, 2] instead of {tensor.Shape}");
        var values = IndexTensor.Read(tensor);
        var pairs = new (long, long)[count];
        for (var i = 0; i < count; i++)
        {
            if (values[2 * i] < 0 || values[2 * i + 1] < 0)
                throw EngineException.InvalidArgument($"{what} must be non-negative");
            pairs[i] = (values[2 * i], values[2 * i + 1]);
        }
        return pairs;
    }
}
